# Utbildningsplanen
designer-version = Version { $number }, publicerad { $day }.
designer-size = { $count ->
    [one] { $count } modul
   *[other] { $count } moduler
}, { $hours ->
    [one] { $hours } timme
   *[other] { $hours } timmar
}.
designer-filter = Visa bara vissa områden eller doser
designer-roles = Roller
designer-titles = Befattningar
designer-groups = Befattningsgrupper
designer-areas = Områden
designer-doses = Enskilda doser
designer-show = Visa
designer-show-all = Visa alla moduler
designer-picture = Vad som bygger på vad
designer-as-table = Samma sak som tabell
designer-table = Modulerna, område för område
designer-module = Modul
designer-hours = Timmar
designer-sift = Välj och sök moduler
designer-search = Sök modul, på titel eller kod
designer-found = { $count ->
    [0] Ingen modul innehåller ”{ $search }”.
    [one] En modul innehåller ”{ $search }”.
   *[other] { $count } moduler innehåller ”{ $search }”.
}
designer-none = Inga moduler att visa. Ändra sökningen eller visa alla moduler.
designer-hint = Peka på en modul, eller gå till den med tabbtangenten, så lyser hela dess väg.
designer-keys = När bilden är i fokus: piltangenterna flyttar den, + och − ändrar storleken, 0 visar hela bilden och 1 återställer. Ctrl och mushjulet ändrar också storleken, och bilden kan dras.
designer-zoom = Bildens storlek
designer-zoom-in = Förstora bilden
designer-zoom-out = Förminska bilden
designer-zoom-fit = Hela bilden
designer-way = Hela vägen
designer-way-counts = { $before } före, { $after } efter
designer-way-title = Hela vägen för { $code } { $title }
designer-way-before = { $count ->
    [0] { $code } bygger inte på någon annan modul
    [one] { $code } bygger på en modul, { $hours ->
        [one] { $hours } timme
       *[other] { $hours } timmar
    }
   *[other] { $code } bygger på { $count } moduler, { $hours } timmar
}
designer-way-after = { $count ->
    [0] Ingen modul bygger på { $code }
    [one] En modul bygger på { $code }
   *[other] { $count } moduler bygger på { $code }
}
designer-way-as-list = Vägen som lista
designer-way-clear = Släck vägen
designer-open-module = Öppna modulen
designer-left-out = (inte i bilden)
designer-news = Det här ändrar utkastet
designer-builds-now = { $code } bygger nu på { $on }.
designer-builds-no-more = { $code } bygger inte längre på { $on }.
designer-gone = { $module } är borttagen.
designer-bottlenecks = Det mycket hänger på
designer-holds-nothing = Håller inte tillbaka någon annan modul.
designer-holds = Håller tillbaka { $count ->
    [one] en annan
   *[other] { $count } andra
}.
designer-may-hold = { $count ->
    [one] Kan hålla tillbaka en annan, som också har en annan väg.
   *[other] Kan hålla tillbaka { $count } andra, som alla också har en annan väg.
}
designer-holds-more = Håller tillbaka { $certain ->
    [one] en annan
   *[other] { $certain } andra
}, och { $more } till för den som väljer vägen över den.
designer-chain = { $count ->
    [one] Den längsta kedjan genom den har en modul.
   *[other] Den längsta kedjan genom den har { $count } moduler.
}
