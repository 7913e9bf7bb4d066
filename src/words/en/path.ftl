# What a piece is called
path-done = Done
path-expiring = Expires soon
path-overdue = Overdue
path-booked = Booked
path-expired = Has expired
path-locked = Locked
path-available = Can be done now

# The path as text
path-summary = { $count ->
    [0] Nothing left to do.
    [one] One piece left, { $left } of { $total } hours.
   *[other] { $count } pieces left, { $left } of { $total } hours.
}
path-proved = There is no shorter path.
path-at-least = The search was stopped; no path is shorter than { $hours } hours.
path-steps = To do, in this order
path-held = Already done
path-recommended = Recommended besides
path-hours = { $hours } h
path-due = by { $day }
path-after = after { $modules }
path-until = until { $day }
path-through = through { $module }
