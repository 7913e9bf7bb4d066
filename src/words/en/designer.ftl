# The curriculum
designer-version = Version { $number }, published { $day }.
designer-size = { $count ->
    [one] { $count } module
   *[other] { $count } modules
}, { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}.
designer-filter = Show only some areas or doses
designer-roles = Roles
designer-titles = Job titles
designer-groups = Groups of job titles
designer-areas = Areas
designer-doses = Single doses
designer-show = Show
designer-show-all = Show all modules
designer-picture = What builds on what
designer-as-table = The same as a table
designer-table = The modules, area by area
designer-module = Module
designer-hours = Hours
designer-sift = Choose and find modules
designer-search = Find a module by its title or code
designer-found = { $count ->
    [0] No module has “{ $search }”.
    [one] One module has “{ $search }”.
   *[other] { $count } modules have “{ $search }”.
}
designer-none = No modules to show. Change the search or show all modules.
designer-hint = Point at a module, or go to it with the tab key, and its whole way lights up.
designer-keys = While the picture has focus: the arrow keys move it, + and − change its size, 0 shows the whole picture and 1 resets it. Ctrl with the mouse wheel changes the size too, and the picture can be dragged.
designer-zoom = Size of the picture
designer-zoom-in = Enlarge the picture
designer-zoom-out = Shrink the picture
designer-zoom-fit = Whole picture
designer-way = The whole way
designer-way-counts = { $before } before, { $after } after
designer-way-title = The whole way for { $code } { $title }
designer-way-before = { $count ->
    [0] { $code } builds on no other module
    [one] { $code } builds on one module, { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }
   *[other] { $code } builds on { $count } modules, { $hours } hours
}
designer-way-after = { $count ->
    [0] No module builds on { $code }
    [one] One module builds on { $code }
   *[other] { $count } modules build on { $code }
}
designer-way-as-list = The way as a list
designer-way-clear = Put the way out
designer-open-module = Open the module
designer-left-out = (not in the picture)
designer-news = What the draft changes here
designer-builds-now = { $code } now builds on { $on }.
designer-builds-no-more = { $code } no longer builds on { $on }.
designer-gone = { $module } is removed.
designer-bottlenecks = What much depends on
designer-holds-nothing = Holds back no other module.
designer-holds = Holds back { $count ->
    [one] one other
   *[other] { $count } others
}.
designer-may-hold = { $count ->
    [one] May hold back one other, which has another way too.
   *[other] May hold back { $count } others, each of which has another way too.
}
designer-holds-more = Holds back { $certain ->
    [one] one other
   *[other] { $certain } others
}, and { $more } more for those who go by way of it.
designer-chain = { $count ->
    [one] The longest chain through it has one module.
   *[other] The longest chain through it has { $count } modules.
}
