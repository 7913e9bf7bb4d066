demand-heading = Behov och platser
demand-what = Varje ruta visar hur många som behöver modulen och ska vara klara den månaden, och hur många platser som är planerade då. En plats räcker för den som ska vara klar samma månad eller senare. Den som är försenad räknas nu.
demand-which = Vilka moduler
demand-short = Där platser saknas
demand-all = Alla moduler
demand-enough = Platserna räcker för alla som behöver dem.
demand-nobody = Ingen behöver modulen då.
demand-missing-in-all = { $seats ->
    [one] 1 plats saknas
   *[other] { $seats } platser saknas
} till { $modules ->
    [one] 1 modul
   *[other] { $modules } moduler
}. Det är { $days ->
    [one] 1 kurstillfälle till
   *[other] { $days } kurstillfällen till
}, med { $participants } platser på varje.
demand-caption = Behov och platser för varje modul och månad
demand-module = Modul
demand-missing = Saknas
demand-later = Senare
demand-in-all = { $need } behöver, { $seats ->
    [one] 1 plats
   *[other] { $seats } platser
}
demand-cell-label = { $module }, { $month }: { $need } behöver, { $seats ->
    [one] 1 plats
   *[other] { $seats } platser
}
demand-lacks = { $count } saknas
demand-open-label = { $missing ->
    [one] 1 plats saknas
   *[other] { $missing } platser saknas
}: öppna ett tillfälle för { $module }, { $month }
demand-who = { $count ->
    [one] 1 person behöver
   *[other] { $count } personer behöver
} { $module }
demand-who-in = { $count ->
    [one] 1 person behöver
   *[other] { $count } personer behöver
} { $module }: { $month }
demand-person = Person
demand-unit = Enhet
demand-due = Klar senast
demand-no-day = ingen sista dag
demand-booked = bokad { $day }
demand-offered = erbjuden plats { $day }
demand-waits = i kö till { $day }

