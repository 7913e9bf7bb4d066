# The list
people-title-all = People
people-search-hint = Name, e-mail or id
people-find = Search
people-unit = Unit
people-all-units = All units
people-status = Working or left
people-working = Working now
people-left = Left
people-name = Name
people-done = Done
people-next = Next
people-none = Nobody found. Try another word, or choose all units.

# Titles that the curriculum does not know
people-unmapped = Titles without a match
people-unmapped-what = The curriculum does not recognise these job titles, so the people who have them only get the dose that everybody gets. Write the name or the code under the right title in the curriculum and publish it.
people-title-as-written = Job title
people-code = Code
people-count = People
people-perhaps = Perhaps
people-all-mapped = All job titles match the curriculum.

# One person
people-where = Units
people-path = Path
people-path-sum = { $done } of { $all } done, { $hours } hours left
people-next-is = Next: { $next }.
people-show-path = Show the whole path
people-title-known = In the curriculum
people-not-mapped = No match
people-manager = Nearest manager
people-since = Here since
people-ended = Left

people-assignments = Assignments
people-role = Role
people-title = Job title
people-from = From { $from }
people-from-to = { $from } – { $to }
people-source-hr = From the staff system
people-source-programme = From an edition
people-source-hand = By hand
people-holds-nothing = No assignments at the moment.
people-earlier = Earlier assignments
people-end = End
people-end-role = End { $role }
people-give-role = Give a role
people-choose = Choose a role
people-first-day = First day
people-last-day = Last day

people-record = Completed
people-record-empty = Nothing is recorded yet.
people-module = Module
people-day = Day
people-valid = Valid until
people-evidence = Evidence
people-recorded = Recorded
people-revoked = Revoked
people-lapsed = Expired
people-for-good = For good
people-evidence-attendance = Attendance
people-evidence-assessment = Assessment
people-evidence-prior-learning = Prior learning
people-evidence-import = Import
people-evidence-external = External statement
people-editions = Editions

people-hats = Permissions
people-own-hats = Another administrator changes your own permissions.
people-worn = Yes
people-not-worn = No
people-give = Give
people-take = Remove
people-give-hat = Give the permission { $hat }
people-take-hat = Remove the permission { $hat }

# After a change
people-role-given = The role is given. The path is updated.
people-role-ended = The role ends on the day you wrote.
people-hat-changed = The permission is changed and counts at once.

# When something cannot be done
people-choose-role = Choose one of the curriculum’s roles.
people-not-a-day = Write the day with year, month and day, for example 2027-03-28.
people-ends-before = The last day is before the first. Choose a later last day.
people-already-held = The person has the role on some of those days already. End it first or choose other days.
people-not-by-hand = Only roles given by hand are ended here. Job titles follow the staff system, and roles from an edition follow the edition.
people-last-administrator = Somebody must be administrator. Give the permission to another person first.
people-absences = Days away
people-absences-of = Days on which { $name } is away
people-absences-what = Write down days on which it is not possible to come, and planning goes by them. Only the days are kept, never why, and they are seen by the person and the managers.
people-absences-none = No days are written down.
people-absence-new = Write down days
people-absence-to-hint = Leave it empty for a single day.
people-absence-save = Save the days
people-absence-booked = Booked then:
people-absence-remove = Remove
people-absence-remove-which = Remove { $days }
people-absence-noted = The days are saved.
people-absence-removed = The days are removed.
people-absence-ends-before = The last day is before the first.
people-absence-past = The days have passed. Write down days to come.
people-absence-far = That is more than three years away. Write the days down later.
people-absence-long = That is more than two years. Write down the first two.
people-absence-many = There are a hundred periods already. Remove those that are not needed.
people-counts-latest = Counts: the latest
people-counts-best = Counts: valid longest
people-counts-not = Does not count: another time does
