courses-heading = Kurstillfällen
courses-which = Vilka kurstillfällen
courses-mine = På min väg
courses-all = Alla
courses-crumbs = Här är du
courses-module = Modul
courses-when = När
courses-where = Var
courses-seats = Platser
courses-yours = Din plats
courses-on-path = På din väg
courses-none-of-mine = Inget planerat kurstillfälle hör till det du har kvar. Titta under Alla, eller prata med den som planerar kurserna.
courses-none = Inget kurstillfälle är planerat.
courses-online = På distans
courses-no-limit = Plats för alla
courses-free = { $count ->
    [one] 1 plats kvar
   *[other] { $count } platser kvar
}
courses-full = Fullt
courses-full-waiting = Fullt, { $count } i kö
courses-people = { $count ->
    [one] 1 person
   *[other] { $count } personer
}
courses-closes = Sista dag att boka
courses-minimum = Minst antal för att bli av
courses-short = För få bokade
courses-short-count = { $booked } av minst { $minimum }
courses-short-of = { $booked ->
    [0] Ingen är bokad
    [one] Bara 1 är bokad
   *[other] Bara { $booked } är bokade
}, och det behövs minst { $minimum } för att tillfället ska bli av.
courses-short-decide = Ställ in i god tid, eller bestäm att det blir av ändå.
courses-short-others = Den som planerar kurserna bestämmer om det ställs in eller blir av ändå.
courses-give-anyway = Det blir av ändå
courses-is-given-anyway = Det är bestämt: tillfället blir av.
courses-not-short = Det finns inget att bestämma: tillräckligt många är bokade, eller så går det fortfarande att boka.
courses-runs-anyway = { $count ->
    [one] 1 person
   *[other] { $count } personer
}. Det är bestämt att det blir av ändå.
courses-called-off = Inställt
courses-seat-booked = Bokad plats
courses-seat-waitlisted = Står i kö
courses-seat-offered = En plats är erbjuden
courses-seat-attended = Var med
courses-seat-absent = Kom inte
courses-to-meeting = till mötet på distans
courses-your-place = Din plats
courses-no-place = Du har ingen plats på det här tillfället.
courses-due = Modulen finns på din väg och ska vara klar senast { $day }.
courses-due-past = Modulen finns på din väg och skulle ha varit klar { $day }.
courses-needed = Modulen finns på din väg.
courses-place-in-line = Du står på plats { $place } i kön.
courses-rule = Kön går efter när modulen senast ska vara klar, och därefter efter vem som bad om plats först. En ledig plats erbjuds den som står först och hålls i { $time }, men aldrig längre än halva tiden som är kvar till tillfället. Tas den inte går den vidare. Får du en plats på modulen ett annat tillfälle lämnar du kön.
courses-rule-late = Avbokar du efter { $latest } räknas det som en sen avbokning.
courses-rule-is-late = Avbokar du nu räknas det som en sen avbokning.
courses-no-shows = Du har uteblivit { $count ->
    [one] en gång
   *[other] { $count } gånger
} det senaste året. Be din chef eller den som planerar kurserna att boka.
courses-rules = Regler för platser
courses-rules-what = Reglerna gäller alla kurstillfällen från och med nu. Den som redan har erbjudits en plats behåller den tid som sades då, och det som redan räknats som sen avbokning står kvar.
courses-rules-offer = Så många timmar hålls en erbjuden plats
courses-rules-offer-hint = 1 till 336. Platsen hålls ändå aldrig längre än halva tiden som är kvar till tillfället.
courses-rules-offer-wrong = Skriv ett helt antal timmar, 1 till 336.
courses-rules-late = Så många timmar före räknas en avbokning som sen
courses-rules-late-hint = 72 timmar är tre dygn. 0 betyder att ingen avbokning är sen.
courses-rules-late-wrong = Skriv ett helt antal timmar, 0 till 720.
courses-rules-no-shows = Efter så många uteblivna tillfällen på ett år bokar någon annan
courses-rules-no-shows-hint = Då bokar chefen eller den som planerar kurserna. Tomt betyder att alla bokar själva.
courses-rules-no-shows-wrong = Skriv ett helt antal, 1 till 20, eller lämna tomt.
courses-rules-overtaken = Någon annan har ändrat reglerna sedan du öppnade sidan. Se historiken och spara igen om det fortfarande ska ändras.
courses-rules-saved = Reglerna är sparade.
courses-rules-told = Det här läser den som står i kö
courses-rules-history = Historik
courses-rules-none = Inget är ändrat än. Det här är reglerna från början.
courses-rules-offer-is = En erbjuden plats hålls i { $time }.
courses-rules-late-is = Sen avbokning: senare än { $time } före.
courses-rules-late-never = Ingen avbokning är sen.
courses-rules-no-shows-is = Någon annan bokar efter { $count ->
    [one] ett uteblivet tillfälle
   *[other] { $count } uteblivna tillfällen
} på ett år.
courses-rules-no-shows-never = Alla bokar själva.
courses-offered-until = Platsen hålls åt dig till { $until }. Därefter går den till nästa i kön.
courses-closed = Bokningen är stängd. Behöver du ändå en plats, prata med den som håller i tillfället.
courses-lacking = Det här behöver vara klart, eller bokat en tidigare dag:
courses-has-seat = Det finns redan en plats på modulen ett annat tillfälle. Byt den mot den här i stället.
courses-has-seat-at = Du har redan en plats på modulen:
courses-collides = Du är redan bokad samma tid:
courses-ask = Boka en plats
courses-wait = Ställ mig i kö
courses-take = Ta platsen
courses-leave = Avboka
courses-decline = Tacka nej
courses-leave-line = Lämna kön
courses-swap = Byt hit
courses-swap-from = i stället för { $what }
courses-who = Vilka kommer
courses-number = nummer { $place }
courses-until = till { $until }
courses-due-short = klar senast { $day }
courses-unbook = Avboka
courses-unbook-who = Avboka { $name }
courses-book-team = Boka någon i din grupp
courses-book-team-what = De här har modulen kvar på sin väg och ingen plats än.
courses-book = Boka
courses-book-who = Boka { $name }
courses-book-somebody = Boka någon annan
courses-whose = Vem
courses-whose-hint = E-postadress eller regionens eget id.
courses-whose-missing = Skriv vem det gäller.
courses-whose-unknown = Ingen som du kan boka har den adressen eller det id:t. Kontrollera stavningen.
courses-reason = Skäl
courses-reason-hint = Behövs bara för att gå förbi reglerna: full kurs, stängd bokning eller något som saknas. Skälet sparas.
courses-exception-oneself = Ingen gör undantag för sig själv. Be en annan utvecklare.
courses-reason-missing = Skriv varför reglerna inte ska gälla den här gången.
courses-exception = Boka förbi reglerna
courses-facts = I korthet
courses-about-module = Om modulen
courses-attendance = Markera närvaro
courses-run = Håll i tillfället
courses-new = Öppna en dag
courses-new-what = Välj modul och dag. En serie visas först, utan juli och röda dagar.
courses-edit = Ändra tillfället
courses-edit-what = Ändras tid eller plats får alla bokade ett mejl som flyttar tiden i kalendern. Blir platserna fler erbjuds de kön.
courses-choose-module = Välj modul
courses-day = Dag
courses-starts = Börjar
courses-ends = Slutar
courses-place = Plats
courses-place-hint = Lokal eller ort. Lämna tomt om ni bara ses på distans.
courses-link = Adress till mötet på distans
courses-link-hint = Börjar med https://
courses-seats-hint = Tomt betyder att alla får plats.
courses-minimum-hint = Är färre bokade bör ni fundera på om det ska bli av.
courses-closes-days = Bokning stänger så många dagar före
courses-closes-hint = Tomt betyder att det går att boka tills det börjar.
courses-series = Flera dagar
courses-times = Antal dagar
courses-times-hint = Till exempel 8 för åtta tillfällen.
courses-every = Veckor mellan dagarna
courses-open = Öppna
courses-save = Spara
courses-call-off = Ställ in
courses-call-off-what = Alla som är bokade eller står i kö får ett mejl, och tiden tas bort ur deras kalendrar. Det går inte att ångra.
courses-call-off-why = Skäl
courses-log = Vad som har hänt
courses-show-log = Visa
courses-module-missing = Välj en av modulerna.
courses-day-missing = Skriv dagen som år-månad-dag, till exempel 2027-03-30.
courses-day-past = Dagen har varit. Välj en som kommer.
courses-time-missing = Skriv tiden med timme och minut, till exempel 08:30.
courses-ends-before = Det slutar innan det börjar. Ändra en av tiderna.
courses-place-missing = Skriv var ni ses, eller adressen till mötet på distans.
courses-link-wrong = Skriv hela adressen. Den börjar med https://
courses-not-a-number = Skriv ett helt tal, inte större än rimligt.
courses-opened = Dagen är öppen för bokning.
courses-opened-many = Dagarna är öppna för bokning.
courses-changed = Ändringen är sparad.
courses-is-called-off = Tillfället är inställt och alla berörda får veta det.
courses-said-booked = Platsen är bokad. En kalenderinbjudan kommer med e-post.
courses-said-waiting = Kön är ställd. Blir en plats ledig kommer ett mejl.
courses-said-offered = En plats är erbjuden.
courses-said-left = Det är avbokat.
courses-said-marked = Sparat.
courses-lacks = Modulen bygger på { $modules }, som behöver vara klart eller bokat en tidigare dag.
courses-collides-with = { $module } är redan bokad samma tid. Byt eller avboka en av dem.
courses-begun = Tillfället har börjat. Välj ett annat.
courses-already-there = Personen har redan en plats eller står i kö.
courses-is-full = Ingen plats är ledig. Ställ dig i kö eller välj ett annat tillfälle.
courses-not-offered = Platsen har gått vidare till nästa i kön. Ställ dig i kö igen eller välj ett annat tillfälle.
courses-not-there = Det finns ingen plats att avboka.
courses-log-asked = bad om plats
courses-log-placed = fick plats förbi reglerna
courses-log-offered = blev erbjuden en plats
courses-log-taken = tog platsen
courses-log-lapsed = tog inte platsen i tid
courses-log-left = avbokade
courses-log-left-late = avbokade sent
courses-log-shortened = erbjudandet fick kortare tid, eftersom tillfället flyttades
courses-log-gone = har slutat och lämnade platsen eller kön
courses-log-seated = lämnade kön, eftersom modulen bokades ett annat tillfälle
courses-log-achieved = lämnade kön, eftersom modulen är klar
courses-log-never-free = fick ingen plats
courses-log-called-off = tillfället ställdes in
courses-log-marked = närvaron markerades
courses-part-of = { $title }, del { $no } av { $of }
courses-part-number = Del { $no }
courses-part-empty = Töm dagen på en del som inte ska ges.
courses-part-more = Lägg till en del
courses-part-more-what = När tillfället ges på flera halvdagar.
courses-parts-overlap = Två delar är samtidigt. Ändra en av dem.
courses-part-begun = En del som har börjat står kvar som den är. Ändra bara dem som kommer.
courses-to-meeting-on = till mötet på distans { $when }
courses-kept-edition = Tillfället är till för dem som deltar i { $name }.
courses-kept-unit = Tillfället är till för dem som arbetar i { $name }.
courses-kept-role = Tillfället är till för dem som har rollen { $name }.
courses-kept-unknown = Välj för vilka tillfället är.
courses-audience = Vem det är till för
courses-for-everybody = Alla
courses-for-edition = De som deltar i { $name }
courses-for-role = De som har rollen { $name }
courses-for-unit = De som arbetar i en enhet, eller under den
courses-unit = Enhet
courses-unit-hint = Enhetens namn eller id, om tillfället är till för en enhet.
courses-unit-unknown = Det finns ingen enhet med det namnet, eller flera. Skriv regionens eget id.
courses-language = Språk
courses-in-swedish = På svenska
courses-in-english = På engelska
courses-trainers = Utbildare
courses-trainers-hint = Utbildaren ser vilka som kommer, markerar närvaro och delar ut material.
courses-trainer-number = Utbildare { $no }
courses-trainer-nobody = Ingen
courses-trainer-unknown = Utbildaren behöver vara verksamhetsutvecklare eller coach här. Skriv andra namn som gäster.
courses-trainers-too-many = Så många utbildare får inte plats. Ta bort några.
courses-guests = Utbildare utifrån
courses-guests-hint = Ett namn på varje rad.
courses-you-train = Du håller i
courses-clashes = Krockar med andra tillfällen
courses-clash-trainer = { $name } håller samtidigt i
courses-clash-attends = { $name } är själv bokad på
courses-clash-room = { $room } används samtidigt av
courses-clash-proposed = { $other }, som också föreslås här
courses-before = Inför tillfället
courses-after = Efter tillfället
courses-later = Visas när tillfället är slut
courses-materials = Material
courses-materials-what = De som är bokade ser materialet på tillfällets sida. Det som hör till efteråt visas när sista delen är slut.
courses-material-new = Lägg till material
courses-material-phase = När det behövs
courses-material-phase-missing = Välj om det behövs före eller efter.
courses-material-title = Rubrik
courses-material-title-missing = Skriv vad det är.
courses-material-link = Länk
courses-material-body = Text
courses-material-body-hint = Några rader, till exempel vad man ska ta med sig.
courses-material-empty = Skriv en länk eller en text.
courses-material-long = Så lång text får inte plats. Lägg den bakom en länk.
courses-material-too-many = Det finns redan så mycket material. Ta bort något först.
courses-material-add = Lägg till
courses-material-added = Materialet är tillagt.
courses-material-remove = Ta bort
courses-material-remove-this = Ta bort { $title }
courses-material-removed = Materialet är borttaget.
courses-off = Dagar utan kurser
courses-off-what = På de här dagarna föreslås inga kurstillfällen, utöver helger, röda dagar och juli.
courses-off-none = Regionen har inga egna dagar utan kurser.
courses-off-new = Lägg till
courses-off-name = Vad det är
courses-off-name-hint = Till exempel klämdag, planeringsvecka eller sportlov.
courses-off-name-missing = Skriv vad det är för dagar.
courses-off-from = Från och med
courses-off-to = Till och med
courses-off-to-hint = Tomt betyder en enda dag.
courses-off-wrong = Sista dagen behöver komma efter den första, inom fyra månader.
courses-off-add = Lägg till
courses-off-added = Dagarna är tillagda.
courses-off-removed = Dagarna är borttagna.
courses-off-remove-this = Ta bort { $name }
courses-free-day = { $day }: { $why }
courses-free-weekend = helg
courses-free-month = semestermånad
courses-free-new-year = nyårsdagen
courses-free-epiphany = trettondedag jul
courses-free-good-friday = långfredagen
courses-free-easter-monday = annandag påsk
courses-free-first-of-may = första maj
courses-free-ascension = Kristi himmelsfärdsdag
courses-free-national-day = nationaldagen
courses-free-midsummer = midsommarafton
courses-free-christmas-eve = julafton
courses-free-christmas = juldagen
courses-free-boxing-day = annandag jul
courses-free-new-years-eve = nyårsafton
courses-preview = Dagarna i serien
courses-preview-what = { $count ->
    [one] En dag föreslås.
   *[other] { $count } dagar föreslås.
} Dagar som faller bort står kvar utan bock, med skälet. Inget är öppnat än.
courses-preview-first = Visa dagarna först
courses-which-days = Vilka dagar
courses-choose-days = Välj minst en dag.
courses-open-these = Öppna de valda dagarna
courses-opened-clash = Dagen är öppen för bokning, men krockar med något annat. Se överst på sidan.
courses-copy = Kopiera till nästa år
courses-copy-this = Kopiera till nästa år
courses-copy-what = Varje tillfälle föreslås samma veckodag samma vecka ett år senare. Faller dagen bort föreslås närmaste vecka. Omgångarnas egna tillfällen läggs när omgången skapas. Inget är öppnat än.
courses-copy-year = Från vilket år
courses-copy-none = Inget tillfälle från det året har en dag som kommer.
courses-copy-without = Följer inte med, har slutat eller är inte längre verksamhetsutvecklare eller coach: { $names }
courses-copy-more = Alla får inte plats på en gång. Öppna de här först och kom tillbaka.
courses-copy-conflict = Något har ändrats sedan sidan visades. Öppna sidan igen.
courses-copied = De kopierade dagarna är öppna för bokning.
courses-copied-without = De kopierade dagarna är öppna för bokning. Några utbildare följde inte med: de har slutat eller är inte längre verksamhetsutvecklare eller coach. Se vilka dagar som saknar utbildare.
courses-moved-from = Flyttad från { $day }
courses-done-heading = När kan jag vara klar?
courses-done-heading-theirs = När kan { $name } vara klar?
courses-done-path = Min väg
courses-done-by = Du kan vara klar { $day }.
courses-done-by-theirs = { $name } kan vara klar { $day }.
courses-done-nothing = Du har inget kvar på din väg.
courses-done-nothing-theirs = { $name } har inget kvar på sin väg.
courses-done-late = Allt kan vara klart { $day }, men { $count ->
    [one] ett krav hinner inte bli klart i tid.
   *[other] { $count } krav hinner inte bli klara i tid.
}
courses-done-not-all = { $count ->
    [one] En modul har ingen dag än.
   *[other] { $count } moduler har ingen dag än.
}
courses-done-not-in-time = { $count ->
    [one] Ett krav hinner inte bli klart i tid, och allt har inte en dag än.
   *[other] { $count } krav hinner inte bli klara i tid, och allt har inte en dag än.
}
courses-done-past = { $count ->
    [one] Ett krav är redan försenat.
   *[other] { $count } krav är redan försenade.
}
courses-done-dearer = Den kortaste vägen hinner inte gås i tid. Det här är en annan väg, { $hours } timmar längre, som når längre.
courses-done-other-way = En av modulerna på den kortaste vägen går inte att få en dag i tid. Det här är en annan väg, lika lång.
courses-done-unproved = Det finns så många sätt att planera att inte alla har prövats. En ännu bättre plan kan finnas.
courses-done-book = { $count ->
    [one] Boka planen, en plats
   *[other] Boka planen, { $count } platser
}
courses-done-all-or-nothing = Alla platser bokas på en gång, eller ingen.
courses-done-booked = Planen är bokad. En inbjudan till varje dag kommer med e-post.
courses-done-nothing-booked = Inget bokades.
courses-done-not-booked = { $module }: { $why } Här är en ny plan.
courses-done-changed = Det finns inget kvar att boka i den planen. Här är en ny.
courses-done-only-late = Redan försenat
courses-done-missed = Det som inte går ihop
courses-done-days = Dagarna
courses-done-seat = Plats
courses-done-due = Klar senast
courses-done-free = Ledig plats
courses-done-alone = På egen hand
courses-done-nowhere = Ingen dag
courses-done-by-then = klar { $day }
courses-done-was-due = skulle vara klar { $day }
courses-done-no-day = har ingen dag
courses-done-first = Första dagen som går: { $day }.
courses-done-never = Ingen planerad dag leder dit.
courses-done-wishes = Önskemål
courses-done-days-a-week = Kursdagar i veckan, som mest
courses-done-days-choice = { $count ->
    [one] 1 dag
   *[other] { $count } dagar
}
courses-done-any-number = Hur många som helst
courses-done-any-language = Vilket som helst
courses-done-language-wrong = Välj svenska, engelska eller vilket språk som helst.
courses-done-from = Tidigast från
courses-done-away = Frånvaro
courses-done-away-hint = Frånvaro som redan är inlagd räknas med. Skriv annan här: en dag, eller två dagar med streck emellan, på varje rad, till exempel 2026-12-21 – 2027-01-08.
courses-done-again = Räkna om
courses-done-days-wrong = Välj hur många kursdagar i veckan det får vara, 1 till 5.
courses-done-from-wrong = Skriv första dagen som ÅÅÅÅ-MM-DD.
courses-done-away-wrong = Skriv frånvaron som dagar, ÅÅÅÅ-MM-DD, eller två sådana med streck emellan, en på varje rad.
courses-why-past = Dagen är redan förbi.
courses-why-none = Modulen ges inte på någon planerad dag.
courses-why-later = Alla kurstillfällen slutar senare än så.
courses-why-booked = Platsen som är bokad ligger senare än så.
courses-why-full = De dagar som hade hunnits är fulla: { $modules }.
courses-why-closed = Bokningen har stängt till de dagar som hade hunnits: { $modules }.
courses-why-kept = De dagar som hade hunnits är till för andra: { $modules }.
courses-why-language = De dagar som hade hunnits ges på ett annat språk: { $modules }.
courses-why-week = Det behövs fler kursdagar i veckan än önskat.
courses-why-away = Frånvaro ligger i vägen.
courses-why-busy = Andra bokade dagar är samtidigt.
courses-why-from = Önskad första dag är för sen.
courses-why-chain = Det som kommer först tar för lång tid: { $modules }.
courses-why-link = { $module } klar tidigast { $day }
courses-why-link-never = { $module } har ingen dag
courses-why-others = Den hinns för sig, men andra krav behöver samma tid.
courses-away = Du har skrivit att du är borta { $days }.
courses-is-away = borta då

courses-wanted = Önskade dagar
courses-wanted-what = Deltagare som inte hittar någon dag att boka har sagt att de vill ha en.
courses-wanted-people = { $count ->
    [one] En person väntar
   *[other] { $count } personer väntar
}
courses-open-day = Öppna en dag
courses-module-stays = Ett tillfälle byter inte modul. Öppna ett nytt i stället.
courses-part-count = Skriv en till tolv delar.
courses-part-one-day = En del börjar och slutar samma dag. Dela upp den.
courses-language-unknown = Skriv sv eller en.
courses-reason-long = Skälet får vara högst 300 tecken.
courses-group-heading = När kan en grupp vara klar?
courses-group-lead = Se vilka som hinner bli klara i tid på de kurstillfällen som finns, vilka som inte gör det och varför, och vilket kurstillfälle till som skulle hjälpa flest.
courses-group-whom = Vilka det gäller
courses-group-whom-missing = Välj vilka det gäller.
courses-group-dose = Alla med dosen { $dose }
courses-group-ask = Räkna ut
courses-group-again = Försök igen
courses-group-many = Gruppen är för stor att räkna på en gång. Välj en mindre.
courses-group-broke = Uträkningen avbröts. Försök igen.
courses-group-works = Alla i gruppen planeras, en i taget.
courses-group-by-itself = Sidan uppdateras av sig själv.
courses-group-stand-still = Låt den stå stilla
courses-group-look = Titta igen
courses-group-answer = { $makes } av { $count } kan vara klara i tid på de platser som finns.
courses-group-best = Fler kan det inte bli på de vägar som har prövats, hur platserna än fördelas.
courses-group-bound = Högst { $most } skulle kunna det på de vägar som har prövats, om platserna fördelades på bästa sätt.
courses-group-around = { $count ->
    [one] En av dem tar en annan väg än den kortaste.
   *[other] { $count } av dem tar en annan väg än den kortaste.
}
courses-group-tried = För var och en prövas den kortaste vägen. Den som inte hinner på den, eller inte får plats, prövas på upp till { $ways } andra vägar.
courses-group-extras = Kurstillfällen som skulle hjälpa flest
courses-group-extras-what = Räknat på en dag till i taget, med tjugo platser.
courses-group-helps = { $count ->
    [one] en person till blir klar i tid
   *[other] { $count } fler blir klara i tid
}
courses-group-open = Nytt kurstillfälle för { $module }
courses-group-missing = De som inte hinner
courses-group-alone = Platserna räcker inte till
courses-group-keep = Platser att hålla
courses-group-keep-what = Så många platser använder de som hinner.
courses-group-keep-how = Du kan hålla en dag för gruppen. Då kan bara de som hör till den be om plats. De som redan har en plats, eller står i kö, har den kvar.
courses-group-keep-ask = De som planerar kurstillfällen kan hålla en dag för gruppen. Visa dem listan.
courses-group-keep-dose = Dosen hör inte till en enda roll, så dagarna kan inte hållas för just den här gruppen. Boka platserna på varje persons plan.
courses-group-keep-day = Håll dagen
courses-group-kept = Dagen hålls nu för gruppen.
courses-group-kept-not = Dagen går inte att hålla längre. Se vad som har hänt på dess egen sida.
courses-group-kept-theirs = Hålls för gruppen
courses-group-kept-others = För andra
courses-group-keep-of = { $count } av { $free } lediga
courses-group-team = När kan alla vara klara?
courses-group-recent = Senaste svaren
