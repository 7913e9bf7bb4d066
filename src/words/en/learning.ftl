# Why somebody has a piece: one sentence for each link, from the person to the piece
learning-why-everyone = { $who ->
    [you] You have
   *[other] { $who } has
} worked with us since { $since }.
learning-why-title = { $who ->
    [you] You have
   *[other] { $who } has
} had the job title { $held } since { $since }.
learning-why-role = { $who ->
    [you] You have
   *[other] { $who } has
} had the role { $held } since { $since }.
learning-why-edition = { $who ->
    [you] You have
   *[other] { $who } has
} taken part as { $held } in { $edition } since { $since }.
learning-why-includes = The role { $above } includes the role { $below }.
learning-why-required = { $dose } contains { $module }{ $tense ->
    [past] , which was due by { $due }
    [ahead] , which is due by { $due }
   *[none] { "" }
}.
learning-why-one-of = { $dose } contains a choice between modules, and { $module } gives the shortest path{ $tense ->
    [past] . The choice was due by { $due }
    [ahead] . The choice is due by { $due }
   *[none] { "" }
}.
learning-why-recommended = { $dose } recommends { $module }.
learning-why-builds-on = { $above } builds on { $below }.
learning-why-instead = { $piece } counts in place of { $asked }.
