# Väntar på svar
diary-waits = Väntar på svar
diary-from-you = Från dig:
diary-from-others = Från andra:
diary-offered = en plats på { $module } är ledig för dig, { $when }.
diary-stands-in-line = du väntar på en plats på { $module }, { $when }.
diary-attest = { $name } ber dig intyga arbete med { $module }.
diary-returned = din begäran om tillgodoräknande av { $module } har kommit tillbaka med en kommentar.
diary-returned-for = begäran om tillgodoräknande av { $module } för { $name } har kommit tillbaka med en kommentar.
diary-asked = din begäran om tillgodoräknande av { $module } väntar på beslut.
diary-asked-for = begäran om tillgodoräknande av { $module } för { $name } väntar på beslut.
diary-answer-by = Svara senast { $until }. Sedan går platsen vidare till nästa i kön.
diary-renew = { $module } går ut { $day }. Boka en ny dag, eller be att få den tillgodoräknad.
diary-renew-late = { $module } gick ut { $day }. Boka en ny dag, eller be att få den tillgodoräknad.

# Bit för bit
diary-bits = Bit för bit
diary-more-reasons = { $count ->
    [one] Det finns ett skäl till.
   *[other] Det finns { $count } skäl till.
}
diary-opens = Vad öppnar den?
diary-opens-nothing = Ingen annan bit på vägen väntar på den.
diary-opens-with = tillsammans med { $codes }
diary-given = När ges den?
diary-given-done = Genomförd { $day }.
diary-given-booked = Plats är bokad { $when }.
diary-given-never = Just nu finns ingen dag att boka.
diary-seats = { $count ->
    [0] Fullt, med väntelista
    [one] En plats kvar
   *[other] { $count } platser kvar
}
diary-seats-for-all = Plats för alla
diary-in-line = { $count ->
    [one] Fullt, en väntar
   *[other] Fullt, { $count } väntar
}
diary-in-parts = { $when }, i { $count } delar
diary-day-offered = En plats är erbjuden dig, svara högst upp på sidan.
diary-day-in-line = Du står i kö.
diary-first = Först behövs { $codes }, klar eller bokad en tidigare dag.
diary-has-seat = Du har redan en plats på modulen.
diary-collides = Samtidigt har du en plats på { $module }.
diary-no-shows = Din chef eller den som planerar kurserna bokar åt dig.
diary-want = Säg att du vill ha en dag
diary-want-no-more = Jag vill inte ha en dag längre
diary-wanted = Du har sagt att du vill ha en dag. De som planerar kurstillfällen ser det.
diary-said-wanted = Det är noterat att du vill ha en dag.
diary-said-not-wanted = Din önskan om en dag är borttagen.
diary-about-module = Om modulen

# Kalendern
diary-calendar = Min kalender
diary-calendar-what = Få dina kursdagar i den kalender du redan använder: bokade dagar, erbjudna platser, sista dagar och programmets milstolpar. Kalendern hämtar ändringar av sig själv.
diary-link-none = Du har ingen kalenderlänk än.
diary-link-make = Skapa en kalenderlänk
diary-link-renew = Byt till en ny länk
diary-link-end = Avsluta länken
diary-link-ended = Länken är avslutad. Kalendrar som använde den får inget mer.
diary-link-new = Din kalenderlänk
diary-link-once = Kopiera länken nu. Den visas bara den här gången, men du kan byta till en ny när du vill.
diary-link-address = Länkens adress
diary-link-subscribe = Öppna i kalendern
diary-link-how = Så lägger du in den
diary-link-outlook = Outlook: Lägg till kalender, Prenumerera från webben, och klistra in adressen.
diary-link-google = Google Kalender: Andra kalendrar, Från webbadress, och klistra in adressen.
diary-link-apple = Apple Kalender: Arkiv, Ny kalenderprenumeration, och klistra in adressen.
diary-link-made = Länken skapades
diary-link-used = Hämtades senast
diary-link-unused = Inte än
diary-link-kept = Har du tappat bort adressen? Byt till en ny länk, så slutar den gamla att gälla.
diary-link-secret = Den som har länken kan läsa din kalender. Lämna den inte till någon. Adressen sparas inte hos oss i läsbar form.
diary-feed-more = Läs mer: { $link }
diary-feed-meeting = Möteslänk: { $link }
diary-feed-offered = Erbjuden plats: { $module }
diary-feed-trains = Du leder: { $module }
diary-feed-due = Sista dag: { $module }{ $more ->
    [0] { "" }
    [one] { " " }och en modul till
   *[other] { " " }och { $more } moduler till
}
diary-feed-milestone = Milstolpe: { $title }

# Egna anteckningar
diary-notes = Mina anteckningar
diary-notes-about = Mina anteckningar om { $module }
diary-notes-what = Bara du ser dem: inte din chef, inte de som planerar utbildningen, ingen annan.
diary-notes-none = Du har inga anteckningar här än.
diary-notes-export = Ta med alla anteckningar (JSON)
diary-notes-many = Det får inte plats fler anteckningar. Ta bort någon först.
diary-note = Anteckning
diary-note-new = Ny anteckning
diary-note-hint = Vad tog du med dig? Vad vill du pröva?
diary-note-text = Text
diary-note-save = Spara
diary-note-saved = Anteckningen är sparad.
diary-note-edit = Ändra eller ta bort
diary-note-remove = Ta bort anteckningen
diary-note-removed = Anteckningen är borttagen.
diary-note-missing = Skriv något.
diary-note-long = Texten är för lång. Högst 8 000 tecken får plats.
diary-note-changed = Anteckningen har ändrats i ett annat fönster. Det du skrev står kvar: jämför och spara igen.
diary-note-other = Så står det nu
diary-note-occasion = Till kurstillfället
diary-notes-day = Kurstillfället { $day }
diary-hand-in = Lämna in uppgiften i { $module }
diary-hand-in-returned = Uppgiften i { $module } kom tillbaka med en kommentar
diary-handed-in = Uppgiften i { $module } väntar på att bli läst
diary-to-read = { $count ->
    [one] En inlämnad uppgift att läsa
   *[other] { $count } inlämnade uppgifter att läsa
}
