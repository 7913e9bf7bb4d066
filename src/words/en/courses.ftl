courses-heading = Course days
courses-which = Which course days
courses-mine = On my path
courses-all = All
courses-crumbs = You are here
courses-module = Module
courses-when = When
courses-where = Where
courses-seats = Places
courses-yours = Your place
courses-on-path = On your path
courses-none-of-mine = No planned course day belongs to what you have left. Look under All, or talk to whoever plans the courses.
courses-none = No course day is planned.
courses-online = Online
courses-no-limit = Room for everybody
courses-free = { $count ->
    [one] 1 place left
   *[other] { $count } places left
}
courses-full = Full
courses-full-waiting = Full, { $count } in line
courses-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
courses-closes = Last day to book
courses-minimum = Fewest for it to be held
courses-short = Too few booked
courses-short-count = { $booked } of at least { $minimum }
courses-short-of = { $booked ->
    [0] Nobody has booked
    [one] Only 1 has booked
   *[other] Only { $booked } have booked
}, and at least { $minimum } are needed for the occasion to run.
courses-short-decide = Call it off in good time, or decide to run it anyway.
courses-short-others = Whoever plans the courses decides whether it is called off or run anyway.
courses-give-anyway = Run it anyway
courses-is-given-anyway = It is decided: the occasion will run.
courses-not-short = There is nothing to decide: enough have booked, or they still can.
courses-runs-anyway = { $count ->
    [one] 1 person
   *[other] { $count } people
}. It is decided to run it anyway.
courses-called-off = Called off
courses-seat-booked = Place booked
courses-seat-waitlisted = In line
courses-seat-offered = A place is offered
courses-seat-attended = Attended
courses-seat-absent = Did not come
courses-to-meeting = to the online meeting
courses-your-place = Your place
courses-no-place = You have no place on this day.
courses-due = The module is on your path and must be done by { $day }.
courses-due-past = The module is on your path and should have been done by { $day }.
courses-needed = The module is on your path.
courses-place-in-line = You are number { $place } in line.
courses-rule = The line goes by when the module must be done, and then by who asked first. A free seat is offered to the first in line and kept for { $time }, but never longer than half of the time left until the occasion. If it is not taken it goes to the next. If you get a place for the module on another occasion, you leave the line.
courses-rule-late = If you give the seat back after { $latest }, it counts as a late cancellation.
courses-rule-is-late = If you give the seat back now, it counts as a late cancellation.
courses-no-shows = You have not come { $count ->
    [one] once
   *[other] { $count } times
} in the past year. Ask your manager or whoever plans the courses to book.
courses-rules = Rules of seats
courses-rules-what = The rules hold for all occasions from now on. Whoever has been offered a seat keeps the time that was told then, and what has been counted as a late cancellation stays so.
courses-rules-offer = Hours for which an offered seat is kept
courses-rules-offer-hint = 1 to 336. The seat is never kept longer than half of the time left until the occasion.
courses-rules-offer-wrong = Write whole hours, 1 to 336.
courses-rules-late = Hours before the start from which a cancellation is late
courses-rules-late-hint = 72 hours are three days. 0 means that no cancellation is late.
courses-rules-late-wrong = Write whole hours, 0 to 720.
courses-rules-no-shows = After so many missed occasions in a year somebody else books
courses-rules-no-shows-hint = The manager or whoever plans the courses books then. Empty means that everybody books alone.
courses-rules-no-shows-wrong = Write a whole number, 1 to 20, or leave it empty.
courses-rules-overtaken = Somebody else has changed the rules since you opened the page. Look at the history, and save again if they should still change.
courses-rules-saved = The rules are saved.
courses-rules-told = What whoever waits in line reads
courses-rules-history = History
courses-rules-none = Nothing has been changed yet. These are the rules from the start.
courses-rules-offer-is = An offered seat is kept for { $time }.
courses-rules-late-is = Late cancellation: later than { $time } before.
courses-rules-late-never = No cancellation is late.
courses-rules-no-shows-is = Somebody else books after { $count ->
    [one] one missed occasion
   *[other] { $count } missed occasions
} in a year.
courses-rules-no-shows-never = Everybody books alone.
courses-offered-until = The place is kept for you until { $until }. After that it goes to the next in line.
courses-closed = Booking has closed. If you still need a place, talk to whoever runs the day.
courses-lacking = This must be done, or booked on an earlier day:
courses-has-seat = There is a place for the module on another occasion already. Change that one for this one.
courses-has-seat-at = You have a place for the module already:
courses-collides = You are already booked at the same time:
courses-ask = Book a place
courses-wait = Put me in line
courses-take = Take the place
courses-leave = Give back the place
courses-decline = Say no
courses-leave-line = Leave the line
courses-swap = Change to this day
courses-swap-from = instead of { $what }
courses-who = Who comes
courses-number = number { $place }
courses-until = until { $until }
courses-due-short = due { $day }
courses-unbook = Unbook
courses-unbook-who = Unbook { $name }
courses-book-team = Book somebody in your team
courses-book-team-what = These have the module left on their path and no place yet.
courses-book = Book
courses-book-who = Book { $name }
courses-book-somebody = Book somebody else
courses-whose = Who
courses-whose-hint = E-mail address or the region's own id.
courses-whose-missing = Write whom it is about.
courses-whose-unknown = Nobody whom you can book has that address or id. Check the spelling.
courses-reason = Reason
courses-reason-hint = Needed only to set the rules aside: a full course, closed booking or something that is missing. The reason is kept.
courses-exception-oneself = Nobody makes an exception for themselves. Ask another developer.
courses-reason-missing = Write why the rules should not hold this time.
courses-exception = Book beyond the rules
courses-facts = In short
courses-about-module = About the module
courses-attendance = Mark attendance
courses-run = Run the day
courses-new = Open a day
courses-new-what = Choose a module and a day. A series is shown first, without July and public holidays.
courses-edit = Change the day
courses-edit-what = If the time or the place changes, everybody booked gets a mail that moves the time in their calendar. If there are more places they are offered to the line.
courses-choose-module = Choose a module
courses-day = Day
courses-starts = Begins
courses-ends = Ends
courses-place = Place
courses-place-hint = Room or town. Leave it empty if you only meet online.
courses-link = Address of the online meeting
courses-link-hint = Begins with https://
courses-seats-hint = Empty means that there is room for everybody.
courses-minimum-hint = If fewer are booked, consider whether to hold it.
courses-closes-days = Booking closes so many days before
courses-closes-hint = Empty means that it can be booked until it begins.
courses-series = Several days
courses-times = Number of days
courses-times-hint = For example 8 for eight days.
courses-every = Weeks between the days
courses-open = Open
courses-save = Save
courses-call-off = Call off
courses-call-off-what = Everybody who is booked or in line gets a mail, and the time is removed from their calendars. It cannot be undone.
courses-call-off-why = Reason
courses-log = What has happened
courses-show-log = Show
courses-module-missing = Choose one of the modules.
courses-day-missing = Write the day as year-month-day, for example 2027-03-30.
courses-day-past = The day has passed. Choose one to come.
courses-time-missing = Write the time with hour and minute, for example 08:30.
courses-ends-before = It ends before it begins. Change one of the times.
courses-place-missing = Write where you meet, or the address of the online meeting.
courses-link-wrong = Write the whole address. It begins with https://
courses-not-a-number = Write a whole number, not larger than makes sense.
courses-opened = The day is open for booking.
courses-opened-many = The days are open for booking.
courses-changed = The change is saved.
courses-is-called-off = The day is called off and everybody concerned is told.
courses-said-booked = The place is booked. A calendar invitation comes by e-mail.
courses-said-waiting = The place in line is kept. If a place becomes free, a mail comes.
courses-said-offered = A place is offered.
courses-said-left = The place is given back.
courses-said-marked = Saved.
courses-lacks = The module builds on { $modules }, which must be done or booked on an earlier day.
courses-collides-with = { $module } is already booked at the same time. Change or give back one of them.
courses-begun = The day has begun. Choose another one.
courses-already-there = The person has a place already, or is in line.
courses-is-full = No place is free. Wait in line or choose another day.
courses-not-offered = The place has gone to the next in line. Wait in line again or choose another day.
courses-not-there = There is no place to give back.
courses-log-asked = asked for a place
courses-log-placed = got a place beyond the rules
courses-log-offered = was offered a place
courses-log-taken = took the place
courses-log-lapsed = did not take the place in time
courses-log-left = gave the place back
courses-log-left-late = gave the place back late
courses-log-shortened = the offer stands for a shorter time, because the occasion was moved
courses-log-gone = has left, and so the place or the line
courses-log-seated = left the line, because the module was booked on another occasion
courses-log-achieved = left the line, because the module is done
courses-log-never-free = got no place
courses-log-called-off = the day was called off
courses-log-marked = attendance was marked
courses-part-of = { $title }, part { $no } of { $of }
courses-part-number = Part { $no }
courses-part-empty = Clear the day of a part that is not to be given.
courses-part-more = Add a part
courses-part-more-what = When it is given on several half-days.
courses-parts-overlap = Two parts are at the same time. Change one of them.
courses-part-begun = A part that has begun stays as it is. Change only those to come.
courses-to-meeting-on = to the online meeting { $when }
courses-kept-edition = The day is for those who take part in { $name }.
courses-kept-unit = The day is for those who work in { $name }.
courses-kept-role = The day is for those who have the role { $name }.
courses-kept-unknown = Choose whom the day is for.
courses-audience = Who it is for
courses-for-everybody = Everybody
courses-for-edition = Those who take part in { $name }
courses-for-role = Those who have the role { $name }
courses-for-unit = Those who work in a unit, or below it
courses-unit = Unit
courses-unit-hint = The unit’s name or id, if the day is for a unit.
courses-unit-unknown = There is no unit with that name, or several. Write the region’s own id.
courses-language = Language
courses-in-swedish = In Swedish
courses-in-english = In English
courses-trainers = Trainers
courses-trainers-hint = The trainer sees who comes, marks attendance and gives out materials.
courses-trainer-number = Trainer { $no }
courses-trainer-nobody = Nobody
courses-trainer-unknown = The trainer must be a developer or a coach here. Write other names as guests.
courses-trainers-too-many = That is more trainers than there is room for. Take some away.
courses-guests = Trainers from elsewhere
courses-guests-hint = One name on each line.
courses-you-train = You run it
courses-clashes = Clashes with other days
courses-clash-trainer = { $name } also runs
courses-clash-attends = { $name } has a seat on
courses-clash-room = { $room } is also used by
courses-clash-proposed = { $other }, which is proposed here too
courses-before = Before the day
courses-after = After the day
courses-later = Shown when the day is over
courses-materials = Materials
courses-materials-what = Those who are booked see the materials on the day’s page. What is for afterwards is shown when the last part is over.
courses-material-new = Add material
courses-material-phase = When it is needed
courses-material-phase-missing = Choose whether it is needed before or after.
courses-material-title = Title
courses-material-title-missing = Write what it is.
courses-material-link = Link
courses-material-body = Text
courses-material-body-hint = A few lines, such as what to bring.
courses-material-empty = Write a link or a text.
courses-material-long = There is no room for so long a text. Put it behind a link.
courses-material-too-many = There is that much material already. Take something away first.
courses-material-add = Add
courses-material-added = The material is added.
courses-material-remove = Take away
courses-material-remove-this = Take away { $title }
courses-material-removed = The material is taken away.
courses-off = Days without courses
courses-off-what = No course days are proposed on these days, beside weekends, public holidays and July.
courses-off-none = The region has no days of its own without courses.
courses-off-new = Add
courses-off-name = What it is
courses-off-name-hint = Such as a planning week or the winter break.
courses-off-name-missing = Write what days they are.
courses-off-from = From
courses-off-to = To
courses-off-to-hint = Empty means a single day.
courses-off-wrong = The last day must come after the first, within four months.
courses-off-add = Add
courses-off-added = The days are added.
courses-off-removed = The days are taken away.
courses-off-remove-this = Take away { $name }
courses-free-day = { $day }: { $why }
courses-free-weekend = weekend
courses-free-month = holiday month
courses-free-new-year = New Year’s Day
courses-free-epiphany = Epiphany
courses-free-good-friday = Good Friday
courses-free-easter-monday = Easter Monday
courses-free-first-of-may = the First of May
courses-free-ascension = Ascension Day
courses-free-national-day = the National Day
courses-free-midsummer = Midsummer’s Eve
courses-free-christmas-eve = Christmas Eve
courses-free-christmas = Christmas Day
courses-free-boxing-day = Boxing Day
courses-free-new-years-eve = New Year’s Eve
courses-preview = The days of the series
courses-preview-what = { $count ->
    [one] One day is proposed.
   *[other] { $count } days are proposed.
} Days that fall away are left unticked, with the reason. Nothing is opened yet.
courses-preview-first = Show the days first
courses-which-days = Which days
courses-choose-days = Choose at least one day.
courses-open-these = Open the chosen days
courses-opened-clash = The day is open for booking, but clashes with something else. See the top of the page.
courses-copy = Copy to next year
courses-copy-this = Copy to next year
courses-copy-what = Each day is proposed on the same weekday of the same week a year later. If that falls away, the nearest week is proposed. The editions’ own days are laid when the edition is created. Nothing is opened yet.
courses-copy-year = From which year
courses-copy-none = No day from that year has one to come.
courses-copy-without = Does not come along, has left or is no longer a developer or a coach: { $names }
courses-copy-more = They do not all fit at once. Open these first and come back.
courses-copy-conflict = Something has changed since the page was shown. Open the page again.
courses-copied = The copied days are open for booking.
courses-copied-without = The copied days are open for booking. Some trainers did not come along: they have left or are no longer developers or coaches. See which days lack a trainer.
courses-moved-from = Moved from { $day }
courses-done-heading = When can I be done?
courses-done-heading-theirs = When can { $name } be done?
courses-done-path = My path
courses-done-by = You can be done { $day }.
courses-done-by-theirs = { $name } can be done { $day }.
courses-done-nothing = Nothing is left on your path.
courses-done-nothing-theirs = { $name } has nothing left on the path.
courses-done-late = Everything can be done { $day }, but { $count ->
    [one] one requirement cannot be met in time.
   *[other] { $count } requirements cannot be met in time.
}
courses-done-not-all = { $count ->
    [one] One module has no day yet.
   *[other] { $count } modules have no day yet.
}
courses-done-not-in-time = { $count ->
    [one] One requirement cannot be met in time, and not everything has a day yet.
   *[other] { $count } requirements cannot be met in time, and not everything has a day yet.
}
courses-done-past = { $count ->
    [one] One requirement is late already.
   *[other] { $count } requirements are late already.
}
courses-done-dearer = The shortest path cannot be gone in time. This is another one, { $hours } hours longer, that gets further.
courses-done-other-way = One of the modules of the shortest path cannot be had in time. This is another way, just as long.
courses-done-unproved = There are so many ways to plan that not all have been tried. There may be an even better plan.
courses-done-book = { $count ->
    [one] Book the plan, one seat
   *[other] Book the plan, { $count } seats
}
courses-done-all-or-nothing = All seats are booked at once, or none.
courses-done-booked = The plan is booked. An invitation to each day comes by e-mail.
courses-done-nothing-booked = Nothing was booked.
courses-done-not-booked = { $module }: { $why } Here is a new plan.
courses-done-changed = Nothing is left to book in that plan. Here is a new one.
courses-done-only-late = Late already
courses-done-missed = What does not work out
courses-done-days = The days
courses-done-seat = Seat
courses-done-due = Due
courses-done-free = Free seat
courses-done-alone = On one’s own
courses-done-nowhere = No day
courses-done-by-then = done { $day }
courses-done-was-due = was due { $day }
courses-done-no-day = has no day
courses-done-first = The first day that works: { $day }.
courses-done-never = No planned day leads there.
courses-done-wishes = Wishes
courses-done-days-a-week = Course days in a week, at most
courses-done-days-choice = { $count ->
    [one] 1 day
   *[other] { $count } days
}
courses-done-any-number = Any number
courses-done-any-language = Any
courses-done-language-wrong = Choose Swedish, English or any language.
courses-done-from = Not before
courses-done-away = Absence
courses-done-away-hint = Absences that are written down already count. Write others here: one day, or two days with a dash between them, on each line, such as 2026-12-21 – 2027-01-08.
courses-done-again = Plan again
courses-done-days-wrong = Choose how many course days in a week there may be, 1 to 5.
courses-done-from-wrong = Write the first day as YYYY-MM-DD.
courses-done-away-wrong = Write absences as days, YYYY-MM-DD, or two of them with a dash between them, one on each line.
courses-why-past = The day has passed.
courses-why-none = The module is not given on any planned day.
courses-why-later = All course days end later than that.
courses-why-booked = The seat that is booked is later than that.
courses-why-full = The days that would have been early enough are full: { $modules }.
courses-why-closed = Booking has closed for the days that would have been early enough: { $modules }.
courses-why-kept = The days that would have been early enough are for others: { $modules }.
courses-why-language = The days that would have been early enough are given in another language: { $modules }.
courses-why-week = More course days in a week are needed than wished for.
courses-why-away = Absence is in the way.
courses-why-busy = Other booked days are at the same time.
courses-why-from = The first day wished for is too late.
courses-why-chain = What comes first takes too long: { $modules }.
courses-why-link = { $module } done { $day } at the earliest
courses-why-link-never = { $module } has no day
courses-why-others = It could be met by itself, but other requirements need the same time.
courses-away = You have written that you are away { $days }.
courses-is-away = away then

courses-wanted = Days wanted
courses-wanted-what = Participants who find no day to book have said that they want one.
courses-wanted-people = { $count ->
    [one] One person is waiting
   *[other] { $count } people are waiting
}
courses-open-day = Open a day
courses-module-stays = An occasion does not change its module. Open a new one instead.
courses-part-count = Write one to twelve parts.
courses-part-one-day = A part begins and ends on the same day. Split it.
courses-language-unknown = Write sv or en.
courses-reason-long = The reason may have at most 300 characters.
courses-group-heading = When can a group be done?
courses-group-lead = See who can be done in time on the course days there are, who cannot and why, and which further day would help most.
courses-group-whom = Who it is about
courses-group-whom-missing = Choose who it is about.
courses-group-dose = Everybody with the dose { $dose }
courses-group-ask = Work it out
courses-group-again = Try again
courses-group-many = The group is too large to work out at once. Choose a smaller one.
courses-group-broke = Working it out was cut off. Try again.
courses-group-works = Everybody in the group is planned, one at a time.
courses-group-by-itself = The page updates by itself.
courses-group-stand-still = Let it stand still
courses-group-look = Look again
courses-group-answer = { $makes } of { $count } can be done in time on the seats there are.
courses-group-best = There cannot be more on the paths that were tried, however the seats are given out.
courses-group-bound = At most { $most } could on the paths that were tried, if the seats were given out in the best way.
courses-group-around = { $count ->
    [one] One of them takes another path than the shortest.
   *[other] { $count } of them take another path than the shortest.
}
courses-group-tried = For each of them the shortest path is tried. Whoever does not make it on that one, or finds no seat, is tried on up to { $ways } other paths.
courses-group-extras = Course days that would help most
courses-group-extras-what = Counted for one further day at a time, with twenty seats.
courses-group-helps = { $count ->
    [one] one more person is done in time
   *[other] { $count } more are done in time
}
courses-group-open = New course day for { $module }
courses-group-missing = Those who do not make it
courses-group-alone = Not enough seats
courses-group-keep = Seats to keep
courses-group-keep-what = So many seats are used by those who make it.
courses-group-keep-how = You can keep a day for the group. Then only those who belong to it can ask for a seat. Whoever has a seat already, or stands in line, stays there.
courses-group-keep-ask = Those who plan course days can keep a day for the group. Show them the list.
courses-group-keep-dose = The dose does not belong to a single role, so days cannot be kept for just this group. Book the seats on each person’s plan.
courses-group-keep-day = Keep the day
courses-group-kept = The day is now kept for the group.
courses-group-kept-not = The day can no longer be kept. See on its own page what has happened.
courses-group-kept-theirs = Kept for the group
courses-group-kept-others = For others
courses-group-keep-of = { $count } of { $free } free
courses-group-team = When can everybody be done?
courses-group-recent = Latest answers
