# Varför någon har en bit: en mening för varje led, från personen till biten
learning-why-everyone = { $who ->
    [you] Du
   *[other] { $who }
} arbetar hos oss sedan { $since }.
learning-why-title = { $who ->
    [you] Du
   *[other] { $who }
} har befattningen { $held } sedan { $since }.
learning-why-role = { $who ->
    [you] Du
   *[other] { $who }
} har rollen { $held } sedan { $since }.
learning-why-edition = { $who ->
    [you] Du
   *[other] { $who }
} deltar som { $held } i { $edition } sedan { $since }.
learning-why-includes = I rollen { $above } ingår rollen { $below }.
learning-why-required = { $dose } innehåller { $module }{ $tense ->
    [past] , som skulle ha varit klar senast { $due }
    [ahead] , som ska vara klar senast { $due }
   *[none] { "" }
}.
learning-why-one-of = { $dose } innehåller ett val mellan moduler, och { $module } ger den kortaste vägen{ $tense ->
    [past] . Valet skulle ha varit klart senast { $due }
    [ahead] . Valet ska vara klart senast { $due }
   *[none] { "" }
}.
learning-why-recommended = { $dose } rekommenderar { $module }.
learning-why-builds-on = { $above } bygger på { $below }.
learning-why-instead = { $piece } räknas i stället för { $asked }.

# Min väg
learning-path = Min väg
learning-path-theirs = Väg
learning-where = Var du är
learning-not-ready = Snart finns din väg här
learning-not-ready-why = Utbildningsplanen är inte publicerad än. När den är det ser du här vad som är nästa steg för dig, och varför.
learning-next = Nästa: { $module }
learning-next-of = Nästa för { $name }: { $module }
learning-hours-as = { $hours ->
    [one] { $hours } timme
   *[other] { $hours } timmar
}, { $format }.
learning-coming = Närmaste kurstillfälle är { $when }.
learning-prepare = Förbered dagen
learning-read = Läs om modulen
learning-see-module = Se modulen
learning-why-mine = Varför har jag den här?
learning-why-theirs = Varför ingår den här?
learning-why = Varför?
learning-here = Markerad som här. Närvaron räknas när dagen är slut.
learning-state-here = Markerad som här i dag
learning-booked-days = Bokade dagar
learning-nothing = Just nu krävs inga moduler
learning-nothing-why = Får du en befattning eller en roll som ger en dos visas den här.
learning-all-done = Klart! Alla bitar är på plats
learning-all-done-of = { $name } har alla bitar på plats
learning-all-done-sum = { $pieces ->
    [one] { $pieces } bit
   *[other] { $pieces } bitar
} och { $hours ->
    [one] { $hours } timme
   *[other] { $hours } timmar
}. En ny roll eller befattning kan lägga till fler.
learning-renew = Nästa att förnya är { $module }, som gäller till { $day }.
learning-alert = { $module } skulle ha varit klar { $day }.
learning-waiting = { $count ->
    [one] En bit väntar på den.
   *[other] { $count } bitar väntar på den.
}
learning-alert-booked = Plats finns { $day }.
learning-also-overdue = { $count ->
    [one] En bit till är försenad.
   *[other] { $count } bitar till är försenade.
}
learning-your-path = Din väg
learning-hours-left = { $hours ->
    [one] { $hours } timme kvar
   *[other] { $hours } timmar kvar
}
learning-of-hours = av { $hours }
learning-hours-done = Genomförda timmar
learning-unproved = Vägen är säkert giltig men kanske inte den kortaste: ingen väg är kortare än { $hours } timmar.
learning-no-title = Utbildningsplanen känner inte igen din befattning. Vägen bygger på det som gäller alla och på dina roller.
learning-no-title-theirs = Utbildningsplanen känner inte igen befattningen. Vägen bygger på det som gäller alla och på rollerna.
learning-leg-done = { $done } av { $all } klara
learning-leg-left = { $done } av { $all } klara, { $hours ->
    [one] { $hours } timme kvar
   *[other] { $hours } timmar kvar
}
learning-keys = Så visas läget
learning-each-piece = Varje bit leder till svaren på tre frågor: varför du har den, vad den öppnar och när den ges.
learning-recommended = Rekommenderas
learning-recommended-why = Bra att ha, men inget krav. De räknas inte in i timmarna.
learning-until = Fram till { $day }
learning-line-all-booked = Allt som är kvar är bokat.
learning-line-none-booked = Inget är bokat än. { $free ->
    [one] En bit är kvar.
   *[other] { $free } bitar är kvar.
}
learning-line-text = { $booked ->
    [one] En bit är bokad
   *[other] { $booked } bitar är bokade
} och { $free ->
    [one] en är inte bokad
   *[other] { $free } är inte bokade
}.
learning-today-on-line = I dag
learning-pieces-done = { $done } av { $all } bitar klara
learning-due-unbooked = { $more ->
    [0] { $piece }
    [one] { $piece } och en till
   *[other] { $piece } och { $more } till
} ska vara klart, inte bokat
learning-last-day = Sista dag
learning-today = i dag
learning-tomorrow = i morgon

# Läget i ord
learning-state-done = Klar
learning-state-through = Klar genom { $code }
learning-state-next = Nästa
learning-state-next-on = Nästa: { $day }
learning-state-next-overdue = Nästa: försenad, { $day }
learning-state-next-on-overdue = Nästa: { $day }, försenad
learning-state-booked = Bokad { $day }
learning-state-open = Öppen
learning-state-open-until = Öppen, senast { $day }
learning-state-locked = Låst: efter { $codes }
learning-state-overdue = Försenad, { $day }
learning-state-overdue-booked = Försenad, bokad { $day }
learning-state-expiring = Gäller till { $day }
learning-state-expired = Gick ut { $day }
learning-key-booked = Bokad
learning-key-locked = Låst
learning-key-overdue = Försenad
learning-key-expiring = Går ut eller har gått ut

# Modulens egna ord
learning-format-seminar = seminarium
learning-format-workshop = workshop
learning-format-online = på skärm
learning-format-self-study = självstudier
learning-format-supervision = handledning
learning-hours = { $hours ->
    [one] { $hours } timme
   *[other] { $hours } timmar
}
learning-level = Nivå
learning-level-of = { $number } av 5: { $word }
learning-level-know-of = känna till
learning-level-understand = förstå
learning-level-apply = tillämpa
learning-level-lead = leda
learning-level-coach = coacha
learning-level-deepening = fördjupning
learning-time = Tid och form
learning-assessed = Så blir den klar
learning-assessed-attendance = närvaro
learning-assessed-test = kunskapsprov
learning-assessed-assignment = uppgift i det egna arbetet
learning-assessed-observation = observation i praktiken
learning-valid = Gäller
learning-valid-months = { $months ->
    [one] { $months } månad, sedan förnyas den
   *[other] { $months } månader, sedan förnyas den
}
learning-valid-for-good = tills vidare

# En modul
learning-in-short = I korthet
learning-standing = Din väg
learning-standing-of = Vägen för { $name }
learning-not-on-path = Ingår inte i vägen just nu
learning-held-aside = Genomförd, men inget krav just nu
learning-due = Klar senast
learning-through = Klar genom
learning-achieved = Genomförd
learning-achieved-until = { $day }, gäller till { $last }
learning-achieved-lapsed = { $day }, gällde till { $last }
learning-another-reason = Ett skäl till
learning-locked-by = Först behövs
learning-opens = Den öppnar
learning-outcomes = Lärandemål
learning-for-participants = För dig som deltar
learning-for-trainers = För dig som håller i modulen
learning-show-trainers = Visa anvisningen
learning-who-has = Vem har den?
learning-dose = Dos
learning-holders = Gäller för
learning-asked = Vad som krävs
learning-required = Krävs inom { $days } dagar
learning-choice = En av flera att välja, inom { $days } dagar
learning-advised = Rekommenderas
learning-everyone = alla
learning-elective = Ingen dos ber om den. Den är en fördjupning som man väljer själv.
learning-builds-on = Bygger på
learning-no-needs = Du behöver inga andra moduler först.
learning-one-of = en av
learning-at-least = minst { $count } av
learning-and = och
learning-or = eller
learning-leads-to = Leder till
learning-leads-nowhere = Ingen annan modul bygger på den.
learning-equivalents = Räknas som den här
learning-occasions = Kurstillfällen
learning-has-seat = Plats är bokad
learning-no-occasions = Inga kurstillfällen är planerade.
learning-book = Boka { $when }
learning-known = Redan kunnig?
learning-known-what = Den som redan kan det här, från en annan kurs eller eget arbete, kan få modulen tillgodoräknad.
learning-recognise = Begär tillgodoräknande
learning-when-done = När går det att vara klar?
learning-renew-title = Dags att förnya
learning-renew-what = Boka ett tillfälle här ovanför. Den som har hållit kunskapen levande i sitt arbete kan i stället begära att få modulen tillgodoräknad på nytt.

# Material före och efter kursdagar
learning-reading = Att läsa
learning-read-before = Inför { $module }, { $when }
learning-read-after = Efter { $module }, { $when }
learning-read-more = { $count ->
    [one] En sak till på dagens sida
   *[other] { $count } saker till på dagens sida
}
learning-read-note = Skriv en egen anteckning
learning-lacks = { $modules } behöver vara klart, eller bokat en tidigare dag
learning-hindrance-has-seat = har redan en plats på modulen ett annat tillfälle
learning-collides = är bokad på { $module } samma tid
learning-by-hand = bokas av den som planerar kurserna
# Hur det står till med prov, uppgift eller observation
learning-stands-done = Klart
learning-stands-passed = Godkänt, närvaro kvar
learning-stands-waits = Inlämnad, väntar på att bli läst
learning-stands-returned = Tillbaka med kommentar, lämna in igen
learning-stands-not-yet = Inte godkänd än
learning-stands-failed = Provet inte godkänt än
learning-stands-alone = Uppgift att lämna in
learning-stands-open = Närvaro kvar
learning-stands-hand-in = Varit med, uppgift kvar att lämna in
learning-stands-test = Varit med, prov kvar
learning-stands-observe = Varit med, observation kvar
learning-to-assessment = Se vad som är kvar
