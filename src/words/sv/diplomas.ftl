diplomas-history = Min historik
diplomas-history-what = Det du har gjort, när, med vilket underlag och enligt vilken utbildningsplan. Av varje genomförd modul kan du få ett intyg.
diplomas-whole = Hela historiken som PDF
diplomas-json = Som data (JSON)
diplomas-csv = Som tabell (CSV)
diplomas-nothing = Här visas det du har genomfört.
diplomas-autumn = Hösten { $year }
diplomas-spring = Våren { $year }
diplomas-editions = Program
diplomas-runs = Pågår
diplomas-not-completed = Inte slutfört
diplomas-left = Avbruten
diplomas-completed = Slutförd
diplomas-diploma = Diplom
diplomas-make = Intyg
diplomas-proof = Intyg
diplomas-module = Modul
diplomas-id = Id
diplomas-done = Genomförd
diplomas-hours = Timmar
diplomas-version = Utbildningsplan
diplomas-all = Dina intyg och diplom
diplomas-all-what = Den som får koden kan se ditt namn, vad intyget gäller och när. Avslutar du ett intyg visas det inte längre.
diplomas-end = Avsluta
diplomas-ended = Intyget är avslutat och kan inte längre kontrolleras.
diplomas-is-ended = Avslutat
diplomas-record-of = { $count ->
    [one] Utdrag med en modul
   *[other] Utdrag med { $count } moduler
}
diplomas-of-module = Intyg
diplomas-of-edition = Diplom
diplomas-of-record = Utdrag ur utbildningshistoriken
diplomas-issued-to = Utfärdat av { $issuer } till
diplomas-has-module = har genomfört modulen
diplomas-has-edition = har slutfört programmet
diplomas-has-record = har genomfört { $count ->
    [one] en modul
   *[other] { $count } moduler
}, tillsammans { $hours }.
diplomas-extent = Omfattning
diplomas-outcomes = Lärandemål
diplomas-edition = Omgång
diplomas-role = Roll
diplomas-period = Tid
diplomas-from-to = { $from } till { $to }
diplomas-contents = Moduler i omgången
diplomas-made = Utfärdat { $day } av { $issuer } i Varjedag.
diplomas-check = Kontrollera äktheten på { $address }
diplomas-with-code = Kod: { $code }
diplomas-page = Sida { $page } av { $of }
diplomas-verify = Kontrollera ett intyg
diplomas-genuine = Intyget är äkta
diplomas-was = Intyget gäller inte längre
diplomas-unknown = Det finns inget intyg med den koden
diplomas-type = Skriv koden som står längst ned på intyget.
diplomas-code = Kod
diplomas-check-it = Kontrollera
diplomas-name = Namn
diplomas-what = Gäller
diplomas-when = När
diplomas-by = Utfärdat av
