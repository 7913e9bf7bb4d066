demand-heading = Demand and seats
demand-what = Each cell shows how many need the module and must be done that month, and how many seats are planned then. A seat serves whoever must be done in the same month or later. Whoever is late counts now.
demand-which = Which modules
demand-short = Where seats are missing
demand-all = All modules
demand-enough = There are seats for everybody who needs one.
demand-nobody = Nobody needs the module then.
demand-missing-in-all = { $seats ->
    [one] 1 seat is missing
   *[other] { $seats } seats are missing
} for { $modules ->
    [one] 1 module
   *[other] { $modules } modules
}. That is { $days ->
    [one] 1 more course day
   *[other] { $days } more course days
} of { $participants } seats.
demand-caption = Demand and seats for each module and month
demand-module = Module
demand-missing = Missing
demand-later = Later
demand-in-all = { $need } need it, { $seats ->
    [one] 1 seat
   *[other] { $seats } seats
}
demand-cell-label = { $module }, { $month }: { $need } need it, { $seats ->
    [one] 1 seat
   *[other] { $seats } seats
}
demand-lacks = { $count } missing
demand-open-label = { $missing ->
    [one] 1 seat is missing
   *[other] { $missing } seats are missing
}: open a day for { $module }, { $month }
demand-who = { $count ->
    [one] 1 person needs
   *[other] { $count } people need
} { $module }
demand-who-in = { $count ->
    [one] 1 person needs
   *[other] { $count } people need
} { $module }: { $month }
demand-person = Person
demand-unit = Unit
demand-due = Done by
demand-no-day = no last day
demand-booked = booked { $day }
demand-offered = offered a seat { $day }
demand-waits = waiting for { $day }

