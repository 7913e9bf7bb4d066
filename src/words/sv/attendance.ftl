# Närvaro, del för del
attendance-of = Närvaro: { $module }
attendance-roll = Närvaro
attendance-parts = Delar
attendance-part = Del { $no }
attendance-goes-on = Du kan markera redan nu. Närvaron räknas när dagen är slut.
attendance-not-yet = Närvaro kan markeras från och med dagen.
attendance-here = här
attendance-away = borta
attendance-open = ej markerade
attendance-mark-here = Här
attendance-mark-away = Borta
attendance-mark-none = Ej markerad
attendance-oneself = Någon annan som håller i tillfället markerar dig.
attendance-find = Sök namn
attendance-search = Sök
attendance-none-found = Ingen med det namnet har en plats här.
attendance-nobody = Ingen är bokad på det här tillfället.
attendance-rest = Markera resten som här
attendance-history-of = Allt som markerats för
attendance-waiting = väntar på nätet
attendance-waits = { $count ->
    [one] 1 markering väntar på nätet. Den finns kvar i telefonen och skickas av sig själv.
   *[other] { $count } markeringar väntar på nätet. De finns kvar i telefonen och skickas av sig själva.
}
attendance-waits-many = { "{n}" } markeringar väntar på nätet. De finns kvar i telefonen och skickas av sig själva.
attendance-saving = Sparar …
attendance-all-saved = Allt är sparat.
attendance-sign-in = Ladda om sidan och logga in igen. Markeringarna finns kvar i telefonen tills de är skickade.
attendance-refused = En markering togs inte emot.
attendance-discard = Släng det som inte togs emot
attendance-overtaken = { $who }: { $by } markerade { $state } efter dig ({ $at }). Den senaste markeringen räknas.
attendance-replaces = { $who }: { $by } hade markerat { $state } ({ $at }). Din markering är senare och räknas.
attendance-add = Någon utan plats
attendance-add-hint = Den som kom utan att vara bokad får en plats och markeras som här.
attendance-add-button = Lägg till som här
attendance-door = QR-kod på väggen
attendance-import = Läs in från en lista

# Historik och rättelser
attendance-history-what = Den senaste markeringen räknas. Inget tas bort, så det går att se vem som ändrade vad.
attendance-counts = räknas
attendance-by-hand = för hand
attendance-by-phone = med telefon
attendance-by-door = med QR-koden på väggen
attendance-by-import = från en inläst lista
attendance-by-program = från ett annat system
attendance-waited = kom fram { $at }
attendance-because = Skäl: { $reason }
attendance-no-marks = Inget är markerat.
attendance-correct = Rätta
attendance-correct-what = Vägen följer med direkt. Tas något tillbaka som stått som klart får personen ett mejl.
attendance-which-part = Del
attendance-should-be = Så här var det
attendance-reason = Skäl
attendance-reason-hint = Personen kan läsa det, till exempel: Satt längst bak, syntes inte.
attendance-correct-button = Spara rättelsen
attendance-reason-missing = Skriv varför det rättas.
attendance-state-missing = Välj om personen var här eller borta.
attendance-corrected = Rättelsen är sparad.

# Inläsning från en lista
attendance-import-title = Läs in närvaro
attendance-import-what = Första raden säger vad kolumnerna heter: id eller e-post, och närvaro. Skriv till exempel här eller borta, ja eller nej. En tom ruta ändrar inget. Först visas vad som skulle ändras.
attendance-import-parts = Tillfället har flera delar. Kolumnen del säger vilken (1, 2 …). Utan den gäller raden alla delar som har varit.
attendance-import-paste = Klistra in listan
attendance-import-paste-hint = En rad för varje person, med komma, semikolon eller tabb emellan.
attendance-import-file = Eller välj en fil
attendance-import-file-hint = CSV eller Excel (XLSX).
attendance-import-try = Visa vad som ändras
attendance-import-do = Läs in
attendance-import-skip = Läs in de andra raderna
attendance-import-would = Det här skulle ändras
attendance-import-rows = { $rows ->
    [one] 1 rad
   *[other] { $rows } rader
}, { $count ->
    [0] inget ändras
    [one] 1 markering ändras
   *[other] { $count } markeringar ändras
}, { $unchanged } är redan så.
attendance-import-bad = { $bad ->
    [one] 1 rad kan inte läsas in
   *[other] { $bad } rader kan inte läsas in
}
attendance-import-line = Rad { $line }: { $reason }
attendance-import-nothing = Inget ändras: allt är redan så.
attendance-import-change = från { $from } till { $to }
attendance-imported = Listan är inläst.
attendance-list-missing = Klistra in en lista eller välj en fil.
attendance-list-empty = Listan är tom. Första raden säger vad kolumnerna heter.
attendance-list-no-column = Kolumnen närvaro saknas. Första raden säger vad kolumnerna heter.
attendance-list-twice = Samma kolumn finns två gånger, som { $one } och { $other }. Behåll en.
attendance-list-too-many = Listan har fler än { $most } rader. Är det rätt fil?
attendance-list-unreadable = Filen kan inte läsas som en lista. Spara den som CSV eller Excel (XLSX) och försök igen.
attendance-slip-nobody = Varken id eller e-post står där.
attendance-slip-unknown = Ingen känd person har { $who }.
attendance-slip-two = Id och e-post hör till två olika personer.
attendance-slip-state = ”{ $written }” säger varken här eller borta.
attendance-slip-part = ”{ $written }” är inget delnummer.
attendance-slip-no-such-part = Tillfället har ingen del { $no }.
attendance-slip-to-come = Del { $no } har inte varit än.
attendance-slip-no-seat = { $who } har ingen plats på tillfället. Lägg till personen på närvarosidan först.
attendance-slip-oneself = Någon annan som håller i tillfället markerar dig.
attendance-slip-otherwise = Rad { $line } säger något annat om samma person och del.

# Koden på väggen
attendance-door-of = QR-kod för närvaro: { $module }
attendance-door-what = Här? Läs av koden med telefonen.
attendance-door-about = Så fungerar koden
attendance-door-how = Den som har en plats och är inloggad blir markerad som här. Koden går att använda { $hours } och bara för den här delen. Den som inte är bokad får veta det och kan läggas till av dig. Det du har markerat ändrar koden inte.
attendance-door-over = Tiden för koden är slut. Markera för hand i stället.
attendance-door-make = Gör en kod
attendance-door-renew = Byt kod
attendance-door-renew-what = Den gamla slutar gälla.
attendance-door-made = Koden är klar att visa eller skriva ut.
attendance-here-title = Är du här?
attendance-here-ready = Tryck på knappen så blir du markerad som här.
attendance-here-button = Jag är här
attendance-here-done = Du är markerad som här.
attendance-here-goes-on = Du är markerad som här. Närvaron räknas när dagen är slut.
attendance-here-decided = Den som håller i tillfället har markerat något annat. Säg till om det inte stämmer.
attendance-here-leads = Du leder dagen eller har gjort koden. Låt någon annan som leder markera dig.
attendance-here-replaced = Koden är utbytt. Läs av den som visas nu.
attendance-here-early = Koden går att använda från { $at }.
attendance-here-late = Koden gick att använda till { $at }. Säg till den som höll i tillfället så att du blir markerad.
attendance-here-free = Du är inte bokad på tillfället, men det finns plats. Säg till den som håller i det, så läggs du till.
attendance-here-full = Du är inte bokad på tillfället och det är fullt. Prata med den som håller i det.
attendance-here-occasion = Till kurstillfället

# Uteblivet och sent avbokat
attendance-missed = Uteblivet och sent avbokat
attendance-missed-what = Det här räknas fram ur närvaron och bokningarna, så att den som planerar kan se hur platserna används.
attendance-rule-late = Sent är senare än { $time } före kurstillfället, eller den gräns som gällde då.
attendance-rule-never-late = Ingen avbokning räknas som sen.
attendance-rule-nothing = Inget händer av sig själv.
attendance-rule-no-shows = Den som har uteblivit { $count ->
    [one] en gång
   *[other] { $count } gånger
} på ett år bokar nya platser genom sin chef eller den som planerar kurserna.
attendance-no-shows = Bokade tillfällen utan att komma
attendance-lates = Sena avbokningar
attendance-no-show = Kom inte
attendance-late = Avbokade sent
attendance-late-here = { $count ->
    [one] 1 avbokade sent
   *[other] { $count } avbokade sent
}

# Skatta sig själv
attendance-rating = Skatta dig själv
attendance-rating-before = Hur väl kan du det här i dag, innan modulen? Efteråt får du skatta dig igen och ser vad som har ändrats.
attendance-rating-after = Hur väl kan du det här nu, efter modulen?
attendance-rating-private = Bara du ser dina svar. De räknas aldrig som kompetens, och den som utvecklar modulen ser bara snittet, och först när minst fem har svarat.
attendance-rating-scale = 1 betyder inte alls, 5 betyder att du kan visa andra.
attendance-rating-save = Spara
attendance-rating-saved = Dina svar är sparade.
attendance-rating-missing = Välj minst ett svar.
attendance-rating-change = Så har det ändrats
attendance-rating-then = Före
attendance-rating-now = Efter
attendance-rating-up = Från { $before } till { $after }: du kan mer.
attendance-rating-same = Fortfarande { $after }.
attendance-rating-down = Från { $before } till { $after }: du ser kanske mer av vad det kräver.
attendance-rating-few = Färre än { $fewest } har skattat sig både före och efter, så inget visas.
attendance-rating-together = { $people } personer: i snitt { $before } före och { $after } efter.
