team-title = My team
team-as-of = As of { $day }.
team-file = Download as a spreadsheet
team-way = Units above
team-unpublished = There is no curriculum yet. Once the first one is published, what the team can do is shown here.
team-nobody-below = Nobody works below you in Varjedag. Choose a unit, or search among the people.
team-nobody-here = Nobody works here at the moment.
team-too-many = There are more than { $most } people. Choose a unit to see it.

# Coverage
team-coverage = Coverage
team-coverage-role = { $role }: { $complete } of { $holders } have the whole dose
team-coverage-nearest = { $name } is nearest, with { $hours } hours left.
team-show-path = Show the path there

# Who
team-reach = Who is shown
team-everyone = Everyone below me ({ $count })
team-direct = My direct reports ({ $count })
team-whole-unit = The whole unit ({ $count })
team-only-unit = Only the unit itself ({ $count })
team-units = Units

# The matrix
team-caption = Competence matrix: { $people ->
    [one] { $people } person
   *[other] { $people } people
} and { $modules ->
    [one] { $modules } module
   *[other] { $modules } modules
}
team-person = Person
team-holds = Title and roles
team-module = Module
team-state = State
team-due = Due
team-no-day = No last day
team-done = Done
team-act = To act on
team-act-person = { $count } to act on for { $name }
team-act-module = { $count } to act on in { $code }
team-act-all = { $count } to act on in the whole team
team-overdue-since = Overdue: { $code } since { $day }{ $more ->
    [0] {""}
    [one] {" "}and one more
   *[other] {" "}and { $more } more
}
team-after = after { $codes }

# States
team-key = How the state is shown
team-has = Has it
team-until = Valid until
team-expiring = Expires
team-lapsed = Expired
team-ending = Expires
team-booked = Booked
team-next = Next
team-missing = Missing
team-locked = Locked
team-overdue = Overdue
team-optional = Optional
team-outside = Not included

# The list
team-list = Show as a list
team-all-modules = All modules
team-show = Show
team-whole = Show the whole matrix
team-none = Nobody. All is in order here.
