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

# My path
learning-path = My path
learning-path-theirs = Path
learning-where = Where you are
learning-not-ready = Your path will be here soon
learning-not-ready-why = The curriculum has not been published yet. Once it is, you will see here what your next step is, and why.
learning-next = Next: { $module }
learning-next-of = Next for { $name }: { $module }
learning-hours-as = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}, { $format }.
learning-coming = The next occasion is { $when }.
learning-prepare = Prepare for the day
learning-read = Read about the module
learning-see-module = See the module
learning-why-mine = Why do I have this?
learning-why-theirs = Why is this included?
learning-why = Why?
learning-here = Marked as here. Attendance counts when the day is over.
learning-state-here = Marked as here today
learning-booked-days = Booked days
learning-nothing = No modules are required right now
learning-nothing-why = If you get a job title or a role that comes with a dose, it will be shown here.
learning-all-done = Done! All the pieces are in place
learning-all-done-of = { $name } has all the pieces in place
learning-all-done-sum = { $pieces ->
    [one] { $pieces } piece
   *[other] { $pieces } pieces
} and { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}. A new role or job title may add more.
learning-renew = Next to renew is { $module }, which is valid until { $day }.
learning-alert = { $module } was due on { $day }.
learning-waiting = { $count ->
    [one] One piece is waiting for it.
   *[other] { $count } pieces are waiting for it.
}
learning-alert-booked = There is a seat booked { $day }.
learning-also-overdue = { $count ->
    [one] One more piece is overdue.
   *[other] { $count } more pieces are overdue.
}
learning-your-path = Your path
learning-hours-left = { $hours ->
    [one] { $hours } hour left
   *[other] { $hours } hours left
}
learning-of-hours = of { $hours }
learning-hours-done = Hours done
learning-unproved = This path is valid but may not be the shortest: no path is shorter than { $hours } hours.
learning-no-title = The curriculum does not know your job title. The path rests on what applies to everyone and on your roles.
learning-no-title-theirs = The curriculum does not know the job title. The path rests on what applies to everyone and on the roles.
learning-leg-done = { $done } of { $all } done
learning-leg-left = { $done } of { $all } done, { $hours ->
    [one] { $hours } hour left
   *[other] { $hours } hours left
}
learning-keys = How the state is shown
learning-each-piece = Each piece leads to the answers to three questions: why you have it, what it opens and when it is given.
learning-recommended = Recommended
learning-recommended-why = Good to have, but not required. They are not counted in the hours.
learning-until = Until { $day }
learning-line-all-booked = Everything that is left is booked.
learning-line-none-booked = Nothing is booked yet. { $free ->
    [one] One piece is left.
   *[other] { $free } pieces are left.
}
learning-line-text = { $booked ->
    [one] One piece is booked
   *[other] { $booked } pieces are booked
} and { $free ->
    [one] one is not booked
   *[other] { $free } are not booked
}.
learning-today-on-line = Today
learning-pieces-done = { $done } of { $all } pieces done
learning-due-unbooked = { $more ->
    [0] { $piece }
    [one] { $piece } and one more
   *[other] { $piece } and { $more } more
} due, not booked
learning-last-day = Last day
learning-today = today
learning-tomorrow = tomorrow

# The state in words
learning-state-done = Done
learning-state-through = Done through { $code }
learning-state-next = Next
learning-state-next-on = Next: { $day }
learning-state-next-overdue = Next: overdue, { $day }
learning-state-next-on-overdue = Next: { $day }, overdue
learning-state-booked = Booked { $day }
learning-state-open = Open
learning-state-open-until = Open, due { $day }
learning-state-locked = Locked: after { $codes }
learning-state-overdue = Overdue, { $day }
learning-state-overdue-booked = Overdue, booked { $day }
learning-state-expiring = Valid until { $day }
learning-state-expired = Expired { $day }
learning-key-booked = Booked
learning-key-locked = Locked
learning-key-overdue = Overdue
learning-key-expiring = Ends soon or has ended

# The module's own words
learning-format-seminar = seminar
learning-format-workshop = workshop
learning-format-online = online
learning-format-self-study = self-study
learning-format-supervision = supervision
learning-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
learning-level = Level
learning-level-of = { $number } of 5: { $word }
learning-level-know-of = know of
learning-level-understand = understand
learning-level-apply = apply
learning-level-lead = lead
learning-level-coach = coach others
learning-level-deepening = deepening
learning-time = Time and form
learning-assessed = How it is completed
learning-assessed-attendance = attendance
learning-assessed-test = knowledge test
learning-assessed-assignment = assignment in one’s own work
learning-assessed-observation = observation in practice
learning-valid = Valid
learning-valid-months = { $months ->
    [one] { $months } month, then it is renewed
   *[other] { $months } months, then it is renewed
}
learning-valid-for-good = for good

# One module
learning-in-short = In short
learning-standing = Your path
learning-standing-of = The path of { $name }
learning-not-on-path = Not part of the path right now
learning-held-aside = Done, but not required right now
learning-due = Due by
learning-through = Done through
learning-achieved = Done
learning-achieved-until = { $day }, valid until { $last }
learning-achieved-lapsed = { $day }, was valid until { $last }
learning-another-reason = One more reason
learning-locked-by = Needed first
learning-opens = It opens
learning-outcomes = Outcomes
learning-for-participants = If you take part
learning-for-trainers = If you lead the module
learning-show-trainers = Show the guidance
learning-who-has = Who has it?
learning-dose = Dose
learning-holders = Applies to
learning-asked = What is asked
learning-required = Required within { $days } days
learning-choice = One of several to choose from, within { $days } days
learning-advised = Recommended
learning-everyone = everyone
learning-elective = No dose asks for it. It is a deepening that one chooses.
learning-builds-on = Builds on
learning-no-needs = No other modules are needed first.
learning-one-of = one of
learning-at-least = at least { $count } of
learning-and = and
learning-or = or
learning-leads-to = Leads to
learning-leads-nowhere = No other module builds on it.
learning-equivalents = Counts as this one
learning-occasions = Occasions
learning-has-seat = A seat is booked
learning-no-occasions = No occasions are planned.
learning-book = Book { $when }
learning-known = Known already?
learning-known-what = Whoever knows this already, from another course or from work, can have the module recognised.
learning-recognise = Ask for recognition
learning-when-done = When can it be done?
learning-renew-title = Time to renew
learning-renew-what = Book one of the days above. Whoever has kept the knowledge alive at work can instead ask to have the module recognised anew.

# Materials before and after course days
learning-reading = To read
learning-read-before = Before { $module }, { $when }
learning-read-after = After { $module }, { $when }
learning-read-more = { $count ->
    [one] One more on the day’s page
   *[other] { $count } more on the day’s page
}
learning-read-note = Write a note of your own
learning-lacks = { $modules } must be done, or booked on an earlier day
learning-hindrance-has-seat = has a place for the module on another occasion already
learning-collides = is booked on { $module } at the same time
learning-by-hand = is booked by whoever plans the courses
# How a test, an assignment or an observation stands
learning-stands-done = Done
learning-stands-passed = Passed, attendance left
learning-stands-waits = Handed in, waiting to be read
learning-stands-returned = Returned with a comment, hand in again
learning-stands-not-yet = Not approved yet
learning-stands-failed = Test not passed yet
learning-stands-alone = Assignment to hand in
learning-stands-open = Attendance left
learning-stands-hand-in = Been there, assignment left to hand in
learning-stands-test = Been there, test left
learning-stands-observe = Been there, observation left
learning-to-assessment = See what is left
