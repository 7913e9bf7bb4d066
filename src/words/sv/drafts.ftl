# Utkast: arbetet med nästa version
drafts-title = Doser och utkast
drafts-lead = Här planerar du vad roller och befattningar ska kunna. Du arbetar i ett utkast. Ingen annan än utvecklare ser det, och inget gäller förrän det publiceras.
drafts-see-published = Se vad som gäller nu: version { $number }
drafts-open = Utkast
drafts-none = Inget utkast är påbörjat.
drafts-new = Nytt utkast
drafts-name = Namn
drafts-name-hint = Till exempel ”Hösten: mer mätning för chefer”.
drafts-name-missing = Skriv ett namn på utkastet
drafts-name-long = Namnet får ha högst 80 tecken
drafts-begin = Börja
drafts-begun = Utkastet är skapat. Allt du ändrar sparas direkt.
drafts-copy = Kopiera
drafts-copy-name = Kopians namn
drafts-copy-of = { $name }, kopia
drafts-renamed = Utkastet har fått sitt nya namn.
drafts-thrown-away = Utkastet är kastat.
drafts-nothing-published = Det finns ingen publicerad utbildningsplan att utgå från.
drafts-to-start = Publicera en
drafts-stale-short = Det finns en nyare version
drafts-from = Från { $number }
drafts-changes = { $count ->
    [0] inga ändringar
    [one] { $count } ändring
   *[other] { $count } ändringar
}
drafts-saved = Sparat { $at }
drafts-saved-by = Sparat { $at } av { $by }
drafts-draft = Utkast
drafts-stale = Version { $newer } har publicerats efter att utkastet började från { $base }.
drafts-take-over-look = Se om ändringarna går att ta med
drafts-parts = Utkastets delar
drafts-tab-matrix = Matris
drafts-tab-graph = Bild
drafts-tab-changed = Skillnader
drafts-tab-log = Historik
drafts-section-modules = Moduler
drafts-section-doses = Doser
drafts-section-roles = Roller
drafts-section-titles = Befattningar
drafts-section-groups = Grupper av befattningar
drafts-section-programmes = Program
drafts-section-areas = Områden
drafts-section-legs = Ben
drafts-section-about = Om utbildningsplanen
drafts-crumbs = Du är här
drafts-matrix = Dos för roller och befattningar
drafts-version = Version { $number }
drafts-matrix-lead = Välj en ruta för att ändra den. Det sparas direkt i utkastet.
drafts-published-lead = Så ser det ut i dag. Välj en ruta för att se varför. Ändra gör du i ett utkast.
drafts-published = Det som gäller nu
drafts-signs = Rutornas tecken
drafts-letter-required = K
drafts-letter-recommended = R
drafts-letter-one-of = E
drafts-letter-inherited = Ä
drafts-letter-follows = F
drafts-required = Krävs
drafts-recommended = Rekommenderas
drafts-one-of = En av
drafts-off = Av
drafts-inherited = Ärvd
drafts-inherited-from = Ärvd från
drafts-follows = Följer med
drafts-way-sign = En väg
drafts-way = En väg till
drafts-days = dagar
drafts-changed = ändrad
drafts-changed-here = Ändrad i utkastet
drafts-everyone = Alla
drafts-no-area = Utan område
drafts-says-inherited = Från { $from }: { $asked }.
drafts-says-inherited-within = Från { $from }: { $asked }, inom { $days } dagar.
drafts-says-follows = Den som ska ha { $by } måste först ha den här.
drafts-says-way = { $to } bygger på { $of }; den här är en av vägarna dit.
drafts-shared = Samma dos har { $with }, så en ändring gäller även där.
drafts-columns = Kolumner
drafts-hidden = { $count ->
    [one] { $count } dold
   *[other] { $count } dolda
}
drafts-column = Kolumn
drafts-hide = Dölj
drafts-pin = Fäst först
drafts-pinned = Fästa
drafts-roles = Roller
drafts-groups = Grupper
drafts-titles = Befattningar
drafts-show = Visa
drafts-show-all = Visa alla
drafts-undo = Ångra
drafts-redo = Gör om
drafts-undone = Din senaste ändring är ångrad.
drafts-redone = Ändringen är gjord igen.
drafts-nothing = Du har inget att ångra eller göra om här.
drafts-module = Modul
drafts-hours = Timmar
drafts-holds = Håller tillbaka
drafts-holds-title = Vad som hänger på modulen
drafts-sort-holds = visa det som håller tillbaka flest först
drafts-sort-areas = visa område för område
drafts-most-held = Det som håller tillbaka flest moduler först
drafts-figures = I siffror
drafts-figures-source = Blockering är moduler som bygger på den, direkt eller i flera led. Fördröjning är den längsta kedjan genom den. Centralitet är längden av alla kedjor som den står mitt i. Komplexitet är blockering och fördröjning tillsammans. Måtten kommer från Curricular Analytics (Heileman med flera, 2018).
drafts-blocking = Blockering
drafts-delay = Fördröjning
drafts-centrality = Centralitet
drafts-complexity = Komplexitet
drafts-course-days = Kursdagar
drafts-pieces = Bitar
drafts-doses = Doser
drafts-people = Personer
drafts-matrix-caption = Moduler per område, med vad var och en av rollerna, grupperna och befattningarna ska ha
drafts-panel = Vald ruta och fel
drafts-pick = Välj en ruta
drafts-pick-hint = Här ser du vad den säger, varifrån det kommer och vad som följer med.
drafts-dose-says = Dosen säger
drafts-one-of-set = En av: välj { $choose } bland den här och { $of }
drafts-one-of-new = En av: en egen uppsättning
drafts-days-own = Egen tidsgräns i dagar
drafts-days-hint = Räknas från uppdragets första dag. Tomt betyder dosens { $days } dagar.
drafts-days-hint-none = Räknas från uppdragets första dag. Dosen skapas med första rutan.
drafts-days-wrong = Skriv ett antal dagar mellan 1 och 3650
drafts-state-wrong = Välj ett av alternativen
drafts-no-dose = Kolumnen har ingen egen dos än. Den skapas med den första rutan du sätter.
drafts-save = Spara
drafts-set = Rutan är sparad.
drafts-within = { $state }, inom { $days } dagar
drafts-conflict-title = Någon annan har ändrat samma sak
drafts-conflict-theirs = { $by } satte ”{ $state }” { $at }.
drafts-conflict-mine = Du ville sätta ”{ $state }”.
drafts-conflict-over = Sätt mitt ändå
drafts-conflict = Någon annan har ändrat samma sak. Gå tillbaka, ladda om sidan och gör om din ändring.
drafts-missing = Det du ändrar finns inte kvar. Gå tillbaka och ladda om sidan.
drafts-unwritable = Ändringen går inte att spara så här. Gå tillbaka och rätta det som saknas.
drafts-failed = Det gick inte att spara. Kontrollera förbindelsen och försök igen.
drafts-lost = Utkastet finns inte längre, eller du är utloggad. Ladda om sidan.
drafts-problems = Fel och varningar
drafts-no-problems = Inga. Utkastet går att publicera.
drafts-problem-count = { $errors ->
    [0] Inga fel
    [one] { $errors } fel hindrar publicering
   *[other] { $errors } fel hindrar publicering
}, { $warnings ->
    [0] inga varningar
    [one] { $warnings } varning
   *[other] { $warnings } varningar
}.
drafts-error = Fel
drafts-warning = Varning
drafts-more-problems = Och { $count } till.
drafts-problems-here = { $count ->
    [one] { $count } anmärkning
   *[other] { $count } anmärkningar
}
drafts-by-keys = Med tangenter
drafts-key-panel = Till rutans formulär
drafts-key-back = Tillbaka till rutan
drafts-add = Lägg till
drafts-entry = Namn
drafts-entry-about = Om
drafts-copy-entry = Kopiera och anpassa
drafts-no-entries = Här finns inget än.
drafts-new-entry = Ny: { $section }
drafts-entry-saved = Sparat i utkastet.
drafts-form-problems = Det här behöver rättas
drafts-cancel = Tillbaka
drafts-to-matrix = Till matrisen
drafts-uses = Används av
drafts-in-swedish = Svenska
drafts-in-english = Engelska
drafts-theirs = Där står nu:
drafts-entry-conflict = { $by } ändrade { $field } { $at }, efter att du öppnade formuläret. Nedan står det du skrev. Spara igen om ditt ska gälla.
drafts-nothing-chosen = Inget
drafts-one-more = En till
drafts-item = Nummer { $number }
drafts-text-long = Texten får ha högst 20 000 tecken
drafts-choice-wrong = Välj ett av alternativen
drafts-number-wrong = Skriv ett tal
drafts-id-wrong = Skriv ett id med små bokstäver a–z, siffror och bindestreck
drafts-id-taken = Det finns redan något med det id:t
drafts-needs-end = En modul saknas på slutet
drafts-needs-module = En modul saknas före ”{ $word }”
drafts-needs-word = ”{ $word }” är ingen modul. Skriv OCH eller ELLER mellan moduler.
drafts-needs-open = En parentes är inte stängd
drafts-needs-deep = För många parenteser i varandra
drafts-remove = Ta bort
drafts-remove-look = Ta bort …
drafts-remove-title = Ta bort ”{ $title }”?
drafts-remove-note = Det tas bort ur utkastet. Inget ändras för någon förrän utkastet publiceras, och du kan ångra.
drafts-keep = Behåll
drafts-removed = Borttaget ur utkastet. Du kan ångra i matrisen.
drafts-reach-title = { $people ->
    [0] Ingen har befattningen i dag.
    [one] { $people } person har befattningen i dag.
   *[other] { $people } personer har befattningen i dag.
}
drafts-reach-role = { $people ->
    [0] Ingen har rollen i dag.
    [one] { $people } person har rollen i dag.
   *[other] { $people } personer har rollen i dag.
}
drafts-reach-group = { $people ->
    [0] Ingen har en befattning i gruppen i dag.
    [one] { $people } person har en befattning i gruppen i dag.
   *[other] { $people } personer har en befattning i gruppen i dag.
}
drafts-reach-dose = { $people ->
    [0] Ingen omfattas av dosen i dag.
    [one] { $people } person omfattas av dosen i dag.
   *[other] { $people } personer omfattas av dosen i dag.
}
drafts-reach-module = { $people ->
    [0] Ingen ska ha modulen enligt utkastet.
    [one] { $people } person ska ha modulen enligt utkastet.
   *[other] { $people } personer ska ha modulen enligt utkastet.
}
drafts-reach-booked = { $people ->
    [0] Ingen är bokad på den.
    [one] { $people } person är bokad på ett kommande kurstillfälle.
   *[other] { $people } personer är bokade på kommande kurstillfällen.
}
drafts-compare-with = Jämför med
drafts-compare = Jämför
drafts-added = ny
drafts-removed-thing = borttagen
drafts-changed-thing = ändrad
drafts-field = Fält
drafts-before = Förut
drafts-after = Nu
drafts-same = Ingen skillnad.
drafts-when = När
drafts-who = Vem
drafts-what = Vad
drafts-kind-undo = ångrade
drafts-kind-redo = gjorde om
drafts-kind-rebase = tog med till nyare version
drafts-no-log = Inget är ändrat än.
drafts-rename = Byt namn
drafts-throw-away = Kasta utkastet
drafts-throw-away-note = Utkastet försvinner ur listan. Det som är publicerat påverkas inte.
drafts-take-over = Ta med ändringarna
drafts-take-over-lead = Utkastet började från { $base }. Här läggs dess ändringar på { $number } i stället.
drafts-carried = { $count ->
    [0] Inga ändringar följer med av sig själva.
    [one] { $count } ändring följer med av sig själv.
   *[other] { $count } ändringar följer med av sig själva.
}
drafts-clashes = Välj för var och en av dessa
drafts-keep-mine = Utkastets gäller
drafts-keep-theirs = Den nya versionens gäller
drafts-not-now = Inte nu
drafts-fresh = Utkastet utgår redan från den senaste versionen.
drafts-taken-over = Ändringarna är med. Utkastet utgår nu från den senaste versionen.
drafts-choose-again = Något har ändrats. Välj igen för det som står här.
drafts-found-nothing = finns inte kvar
drafts-found-something = finns redan
drafts-colour-blue = Blå
drafts-colour-teal = Grön
drafts-colour-yellow = Gul
drafts-colour-rust = Rost
drafts-colour-lilac = Lila
drafts-field-title = Namn
drafts-field-short = Kort namn
drafts-field-area = Område
drafts-field-level = Nivå
drafts-field-hours = Timmar
drafts-field-format = Form
drafts-field-purpose = Syfte
drafts-field-outcomes = Lärandemål
drafts-field-participant = Till deltagaren
drafts-field-trainer = Till utbildaren
drafts-field-builds-on = Bygger på
drafts-field-assessment = Så blir den klar
drafts-field-valid-months = Giltig i månader
drafts-field-equivalent = Likvärdiga moduler
drafts-field-elective = Valbar
drafts-field-adapted-from = Anpassad från
drafts-field-within-days = Dagar från uppdraget
drafts-field-required = Krävs
drafts-field-recommended = Rekommenderas
drafts-field-deadlines = Egna tidsgränser
drafts-field-one-of = Uppsättningar att välja ur
drafts-field-choose = Så många ska väljas
drafts-field-from = Bland dessa
drafts-field-competence = Kompetens
drafts-field-includes = Ingår också
drafts-field-dose = Dos
drafts-field-order = Ordning
drafts-field-group = Grupp
drafts-field-names = Lokala namn
drafts-field-codes = Koder
drafts-field-leg = Ben
drafts-field-letter = Bokstav
drafts-field-colour = Färg
drafts-field-months = Månader
drafts-field-roles = Roller
drafts-field-meetings = Träffar
drafts-field-id = Id
drafts-field-month = Månad
drafts-field-week = Vecka
drafts-field-kind = Slag
drafts-field-modules = Moduler
drafts-field-completion-modules = Rollens moduler ska vara klara
drafts-field-milestones = Milstolpar
drafts-field-progress = Framsteg
drafts-field-completion = Krav för att bli klar
drafts-field-pass = Godkänt vid (procent)
drafts-field-attendance = Närvaro i procent
drafts-field-presented = Arbetet ska vara redovisat
drafts-field-name = Namn
drafts-field-day-hours = Timmar på en kursdag
drafts-field-holiday-months = Månader utan kurser
drafts-field-everyone = Dos för alla
drafts-hint-id = Små bokstäver a–z, siffror och bindestreck. Det visas i adresser och filer och ändras inte sedan.
drafts-hint-builds-on = Koder eller id med OCH, ELLER och parenteser: M2 OCH (M3 ELLER V1). Några av flera: 2 AV (M3, M4, V1).
drafts-hint-short = Högst 32 tecken. Står på pusselbitar och i tabeller.
drafts-hint-assessment = Närvaron krävs alltid. Prov, uppgift och observation bedöms av den som leder modulen, och modulen blir klar först när båda är på plats.
drafts-hint-pass = Så många procent av provets poäng krävs för godkänt. Lämna tomt för 70. Används bara när modulen har ett kunskapsprov.
drafts-hint-attendance = Hur stor del av tillfällets delar som krävs, avrundat uppåt till hela delar. Lämna tomt om alla delar krävs.
drafts-hint-valid-months = Tomt betyder för alltid.
drafts-hint-equivalent = Den som har en av dessa räknas ha modulen.
drafts-hint-elective = Ingen dos behöver be om den: var och en väljer själv.
drafts-hint-adapted-from = Vad modulen är en anpassning av.
drafts-hint-names = Ett per rad. Namn i personalsystemet som betyder befattningen.
drafts-hint-codes = En per rad.
drafts-hint-outcomes = Vad deltagaren kan efteråt.
drafts-hint-holiday-months = Månadernas nummer, 1–12.
drafts-hint-letter = En stor bokstav som modulernas koder börjar med.
drafts-hint-progress = Väntat framsteg, 0,5–5.
drafts-hint-hours = Hela kvartar: 1,5 eller 7.
drafts-rule-v005 = Utbildningsplanen är för stor.
drafts-rule-v011 = Ett fält som måste finnas saknas.
drafts-rule-v012 = Fältet har fel slags värde.
drafts-rule-v013 = Texten saknas på svenska eller engelska.
drafts-rule-v014 = Samma id finns två gånger.
drafts-rule-v015 = Id:t är inte rätt skrivet.
drafts-rule-v016 = Talet är för stort eller för litet.
drafts-rule-v017 = Samma namn står två gånger i en lista.
drafts-rule-v020 = Något som inte finns nämns.
drafts-rule-v030 = Moduler bygger på varandra i ring, så ingen kan börja.
drafts-rule-v031 = Roller ingår i varandra i ring.
drafts-rule-v032 = Modulen bygger på en modul med högre nivå.
drafts-rule-v033 = Ett förkunskapskrav följer redan av ett annat.
drafts-rule-v034 = Förkunskapskravet kan ingen uppfylla.
drafts-rule-v035 = Förkunskapskravet begär ingenting.
drafts-rule-v036 = Modulen är likvärdig med sig själv.
drafts-rule-v040 = Timmarna ska vara hela kvartar över noll.
drafts-rule-v041 = Lärandemål saknas.
drafts-rule-v042 = Det korta namnet är längre än 32 tecken.
drafts-rule-v043 = Ingen dos leder till modulen och den är inte valbar.
drafts-rule-v044 = En gräns för godkänt utan något prov.
drafts-rule-v050 = Fler ska väljas än det finns att välja bland.
drafts-rule-v051 = Dosen begär ingenting.
drafts-rule-v052 = Tidsgränsen är för kort för timmarna.
drafts-rule-v053 = Tidsgränsen gäller en modul som inte är med i dosen.
drafts-rule-v054 = Ingen har dosen.
drafts-rule-v060 = Programmets delar står inte i tidsordning.
drafts-rule-v061 = Månaden finns inte i programmet.
drafts-rule-v062 = Modulen ges före en som den bygger på.
drafts-rule-v070 = Områdets bokstav saknas eller är upptagen.
drafts-rule-v071 = Två befattningar har samma namn eller kod.
drafts-rule-other = Filen har ett fel.
drafts-order = Ordning
drafts-order-lead = Modulernas ordning inom området: den ger koderna och ordningen i matrisen.
drafts-order-to = Placera modulen
drafts-order-first = Först i området
drafts-order-after = Efter { $module }
drafts-order-move = Flytta
drafts-order-up = Upp
drafts-order-down = Ned
drafts-moved = Modulen är flyttad. Det går att ångra i matrisen.
drafts-moved-thing = { $module }: flyttad
drafts-about-v005 = Den har { $found }, högst { $most } får plats.
drafts-about-v011 = Det gäller: { $field }.
drafts-about-v013-sv = Skriv den på svenska.
drafts-about-v013-en = Skriv den på engelska.
drafts-about-v014 = Det gäller { $name }.
drafts-about-v015 = Det gäller { $name }. Använd små bokstäver a till z, siffror och enkla bindestreck.
drafts-about-v016 = Här står { $found }, men det går att ha { $least } till { $most }.
drafts-about-v017 = Det gäller { $name }.
drafts-about-v020 = Det gäller { $name }.
drafts-about-v020-near = Det gäller { $name }. Menade du { $near }?
drafts-about-v030 = Ringen är { $chain }.
drafts-about-v031 = Ringen är { $chain }.
drafts-about-v032 = { $module } har nivå { $level }, den här har { $own }.
drafts-about-v033 = { $module } följer av { $by }.
drafts-about-v034 = { $found } ska uppfyllas, men listan har { $most }.
drafts-about-v040 = Här står { $found }.
drafts-about-v042-sv = Det svenska har { $found }.
drafts-about-v042-en = Det engelska har { $found }.
drafts-about-v050 = { $found } ska väljas, men det finns { $most }.
drafts-about-v052 = Inom { $days } dagar krävs { $hours } timmar, men { $working } arbetsdagar rymmer { $room }.
drafts-about-v053 = Det gäller { $module }.
drafts-about-v060 = { $name } står efter { $before }.
drafts-about-v061 = Här står { $found }, men programmet har månad 1 till { $most }.
drafts-about-v062 = { $module } ges före { $by }.
drafts-about-v070 = { $area } har också { $name }.
drafts-about-v071 = { $title } har också { $name }.
drafts-field-counts = Tas modulen om räknas
drafts-hint-counts = Alla gånger finns kvar i personens meritlista. Regeln gäller det som antecknas medan den är publicerad.
drafts-counts-latest = den senaste gången
drafts-counts-best = den gång som gäller längst
