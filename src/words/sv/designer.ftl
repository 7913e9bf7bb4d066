# Utbildningsplanen
designer-version = Version { $number }, publicerad { $day }.
designer-size = { $count ->
    [one] { $count } modul
   *[other] { $count } moduler
}, { $hours ->
    [one] { $hours } timme
   *[other] { $hours } timmar
}.
designer-filter = Visa bara det som vissa roller eller befattningar ber om
designer-roles = Roller
designer-titles = Befattningar
designer-show = Visa
designer-show-all = Visa alla moduler
designer-picture = Vad som bygger på vad
designer-as-table = Samma sak som tabell
designer-table = Modulerna, område för område
designer-module = Modul
designer-hours = Timmar
