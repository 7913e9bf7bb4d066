# The curriculum
designer-version = Version { $number }, published { $day }.
designer-size = { $count ->
    [one] { $count } module
   *[other] { $count } modules
}, { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}.
designer-filter = Show only what some roles or job titles ask for
designer-roles = Roles
designer-titles = Job titles
designer-show = Show
designer-show-all = Show all modules
designer-picture = What builds on what
designer-as-table = The same as a table
designer-table = The modules, area by area
designer-module = Module
designer-hours = Hours
