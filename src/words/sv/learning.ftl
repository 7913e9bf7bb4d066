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
