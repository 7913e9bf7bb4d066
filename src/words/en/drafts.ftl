# Drafts: work on the next version
drafts-title = Doses and drafts
drafts-lead = Here you plan what roles and job titles should know. You work in a draft. Nobody but developers sees it, and nothing holds until it is published.
drafts-see-published = See what holds now: version { $number }
drafts-open = Drafts
drafts-none = No draft has been begun.
drafts-new = New draft
drafts-name = Name
drafts-name-hint = For example ‘Autumn: more measurement for managers’.
drafts-name-missing = Write a name for the draft
drafts-name-long = The name may have at most 80 characters
drafts-begin = Begin
drafts-begun = The draft has been made. Everything you change is saved at once.
drafts-copy = Copy
drafts-copy-name = The copy’s name
drafts-copy-of = { $name }, copy
drafts-renamed = The draft has its new name.
drafts-thrown-away = The draft has been thrown away.
drafts-nothing-published = There is no published curriculum to begin from.
drafts-to-start = Publish one
drafts-stale-short = There is a newer version
drafts-from = From { $number }
drafts-changes = { $count ->
    [0] no changes
    [one] { $count } change
   *[other] { $count } changes
}
drafts-saved = Saved { $at }
drafts-saved-by = Saved { $at } by { $by }
drafts-draft = Draft
drafts-stale = Version { $newer } has been published since the draft began from { $base }.
drafts-take-over-look = See whether the changes can be taken along
drafts-parts = Parts of the draft
drafts-tab-matrix = Matrix
drafts-tab-graph = Picture
drafts-tab-changed = Differences
drafts-tab-log = History
drafts-section-modules = Modules
drafts-section-doses = Doses
drafts-section-roles = Roles
drafts-section-titles = Job titles
drafts-section-groups = Groups of job titles
drafts-section-programmes = Programmes
drafts-section-areas = Areas
drafts-section-legs = Legs
drafts-section-about = About the curriculum
drafts-crumbs = You are here
drafts-matrix = Doses of roles and job titles
drafts-version = Version { $number }
drafts-matrix-lead = Choose a cell to change it. It is saved in the draft at once.
drafts-published-lead = This is how it is today. Choose a cell to see why. Changes are made in a draft.
drafts-published = What holds now
drafts-signs = The signs of the cells
drafts-letter-required = R
drafts-letter-recommended = A
drafts-letter-one-of = O
drafts-letter-inherited = I
drafts-letter-follows = F
drafts-required = Required
drafts-recommended = Advised
drafts-one-of = One of
drafts-off = Off
drafts-inherited = Inherited
drafts-inherited-from = Inherited from
drafts-follows = Follows from
drafts-way-sign = One way
drafts-way = One way to
drafts-days = days
drafts-changed = changed
drafts-changed-here = Changed in the draft
drafts-everyone = Everyone
drafts-no-area = Without an area
drafts-says-inherited = From { $from }: { $asked }.
drafts-says-inherited-within = From { $from }: { $asked }, within { $days } days.
drafts-says-follows = Whoever is to have { $by } must have this one first.
drafts-says-way = { $to } builds on { $of }; this is one of the ways there.
drafts-shared = { $with } has the same dose, so a change counts there too.
drafts-columns = Columns
drafts-hidden = { $count ->
    [one] { $count } hidden
   *[other] { $count } hidden
}
drafts-column = Column
drafts-hide = Hide
drafts-pin = Pin first
drafts-pinned = Pinned
drafts-roles = Roles
drafts-groups = Groups
drafts-titles = Job titles
drafts-show = Show
drafts-show-all = Show all
drafts-undo = Undo
drafts-redo = Redo
drafts-undone = Your last change has been undone.
drafts-redone = The change has been made again.
drafts-nothing = You have nothing to undo or redo here.
drafts-module = Module
drafts-hours = Hours
drafts-holds = Holds back
drafts-holds-title = What hangs on the module
drafts-sort-holds = show what holds back most first
drafts-sort-areas = show area by area
drafts-most-held = What holds back most modules first
drafts-figures = In figures
drafts-figures-source = Blocking is the modules that build on it, directly or by way of others. Delay is the longest chain through it. Centrality is the length of all chains that it is in the middle of. Complexity is blocking and delay together. The figures are those of Curricular Analytics (Heileman and others, 2018).
drafts-blocking = Blocking
drafts-delay = Delay
drafts-centrality = Centrality
drafts-complexity = Complexity
drafts-course-days = Course days
drafts-pieces = Pieces
drafts-doses = Doses
drafts-people = People
drafts-matrix-caption = Modules by area, with what each role, group and job title should have
drafts-panel = Chosen cell and problems
drafts-pick = Choose a cell
drafts-pick-hint = Here you see what it says, where that comes from and what follows.
drafts-dose-says = The dose says
drafts-one-of-set = One of: choose { $choose } among this one and { $of }
drafts-one-of-new = One of: a set of its own
drafts-days-own = Deadline of its own, in days
drafts-days-hint = Counted from the first day of the assignment. Empty means the dose’s { $days } days.
drafts-days-hint-none = Counted from the first day of the assignment. The dose is made with its first cell.
drafts-days-wrong = Write a number of days between 1 and 3650
drafts-state-wrong = Choose one of the alternatives
drafts-no-dose = The column has no dose of its own yet. It is made with the first cell that you set.
drafts-save = Save
drafts-set = The cell has been saved.
drafts-within = { $state }, within { $days } days
drafts-conflict-title = Somebody else has changed the same thing
drafts-conflict-theirs = { $by } set ‘{ $state }’ { $at }.
drafts-conflict-mine = You wanted to set ‘{ $state }’.
drafts-conflict-over = Set mine anyway
drafts-conflict = Somebody else has changed the same thing. Go back, load the page again and repeat your change.
drafts-missing = What you are changing is no longer there. Go back and load the page again.
drafts-unwritable = The change cannot be saved like this. Go back and correct what is missing.
drafts-failed = It could not be saved. Check the connection and try again.
drafts-lost = The draft is gone, or you have been signed out. Load the page again.
drafts-problems = Errors and warnings
drafts-no-problems = None. The draft can be published.
drafts-problem-count = { $errors ->
    [0] No errors
    [one] { $errors } error keeps it from being published
   *[other] { $errors } errors keep it from being published
}, { $warnings ->
    [0] no warnings
    [one] { $warnings } warning
   *[other] { $warnings } warnings
}.
drafts-error = Error
drafts-warning = Warning
drafts-more-problems = And { $count } more.
drafts-problems-here = { $count ->
    [one] { $count } remark
   *[other] { $count } remarks
}
drafts-by-keys = By keyboard
drafts-key-panel = To the cell’s form
drafts-key-back = Back to the cell
drafts-add = Add
drafts-entry = Name
drafts-entry-about = About
drafts-copy-entry = Copy and adapt
drafts-no-entries = There is nothing here yet.
drafts-new-entry = New: { $section }
drafts-entry-saved = Saved in the draft.
drafts-form-problems = This needs correcting
drafts-cancel = Back
drafts-to-matrix = To the matrix
drafts-uses = Used by
drafts-in-swedish = Swedish
drafts-in-english = English
drafts-theirs = It says now:
drafts-entry-conflict = { $by } changed { $field } { $at }, after you opened the form. Below is what you wrote. Save again if yours is to hold.
drafts-nothing-chosen = None
drafts-one-more = One more
drafts-item = Number { $number }
drafts-text-long = The text may have at most 20,000 characters
drafts-choice-wrong = Choose one of the alternatives
drafts-number-wrong = Write a number
drafts-id-wrong = Write an id in lower-case letters a–z, digits and hyphens
drafts-id-taken = There is something with that id already
drafts-needs-end = A module is missing at the end
drafts-needs-module = A module is missing before ‘{ $word }’
drafts-needs-word = ‘{ $word }’ is no module. Write AND or OR between modules.
drafts-needs-open = A bracket is not closed
drafts-needs-deep = Too many brackets within brackets
drafts-remove = Remove
drafts-remove-look = Remove …
drafts-remove-title = Remove ‘{ $title }’?
drafts-remove-note = It is removed from the draft. Nothing changes for anybody until the draft is published, and you can undo it.
drafts-keep = Keep it
drafts-removed = Removed from the draft. You can undo it in the matrix.
drafts-reach-title = { $people ->
    [0] Nobody holds the job title today.
    [one] { $people } person holds the job title today.
   *[other] { $people } people hold the job title today.
}
drafts-reach-role = { $people ->
    [0] Nobody holds the role today.
    [one] { $people } person holds the role today.
   *[other] { $people } people hold the role today.
}
drafts-reach-group = { $people ->
    [0] Nobody holds a job title of the group today.
    [one] { $people } person holds a job title of the group today.
   *[other] { $people } people hold a job title of the group today.
}
drafts-reach-dose = { $people ->
    [0] The dose concerns nobody today.
    [one] The dose concerns { $people } person today.
   *[other] The dose concerns { $people } people today.
}
drafts-reach-module = { $people ->
    [0] Nobody is to have the module as the draft stands.
    [one] { $people } person is to have the module as the draft stands.
   *[other] { $people } people are to have the module as the draft stands.
}
drafts-reach-booked = { $people ->
    [0] Nobody is booked on it.
    [one] { $people } person is booked on a coming occasion.
   *[other] { $people } people are booked on coming occasions.
}
drafts-compare-with = Compare with
drafts-compare = Compare
drafts-added = new
drafts-removed-thing = removed
drafts-changed-thing = changed
drafts-field = Field
drafts-before = Before
drafts-after = Now
drafts-same = No difference.
drafts-when = When
drafts-who = Who
drafts-what = What
drafts-kind-undo = undid
drafts-kind-redo = redid
drafts-kind-rebase = took over to a newer version
drafts-no-log = Nothing has been changed yet.
drafts-rename = Rename
drafts-throw-away = Throw the draft away
drafts-throw-away-note = The draft leaves the list. What is published is not affected.
drafts-take-over = Take the changes along
drafts-take-over-lead = The draft began from { $base }. Here its changes are made on { $number } instead.
drafts-carried = { $count ->
    [0] No changes come along by themselves.
    [one] { $count } change comes along by itself.
   *[other] { $count } changes come along by themselves.
}
drafts-clashes = Choose for each of these
drafts-keep-mine = The draft’s holds
drafts-keep-theirs = The new version’s holds
drafts-not-now = Not now
drafts-fresh = The draft stands on the newest version already.
drafts-taken-over = The changes have come along. The draft now stands on the newest version.
drafts-choose-again = Something has changed. Choose again for what stands here.
drafts-found-nothing = is no longer there
drafts-found-something = is there already
drafts-colour-blue = Blue
drafts-colour-teal = Green
drafts-colour-yellow = Yellow
drafts-colour-rust = Rust
drafts-colour-lilac = Lilac
drafts-field-title = Name
drafts-field-short = Short name
drafts-field-area = Area
drafts-field-level = Level
drafts-field-hours = Hours
drafts-field-format = Format
drafts-field-purpose = Purpose
drafts-field-outcomes = Outcomes
drafts-field-participant = To the participant
drafts-field-trainer = To the trainer
drafts-field-builds-on = Builds on
drafts-field-assessment = How it is passed
drafts-field-valid-months = Valid for months
drafts-field-equivalent = Equivalent modules
drafts-field-elective = Elective
drafts-field-adapted-from = Adapted from
drafts-field-within-days = Days from assignment
drafts-field-required = Required
drafts-field-recommended = Advised
drafts-field-deadlines = Deadlines of their own
drafts-field-one-of = Sets to choose from
drafts-field-choose = So many are chosen
drafts-field-from = Among these
drafts-field-competence = Competence
drafts-field-includes = Includes
drafts-field-dose = Dose
drafts-field-order = Order
drafts-field-group = Group
drafts-field-names = Local names
drafts-field-codes = Codes
drafts-field-leg = Leg
drafts-field-letter = Letter
drafts-field-colour = Colour
drafts-field-months = Months
drafts-field-roles = Roles
drafts-field-meetings = Meetings
drafts-field-id = Id
drafts-field-month = Month
drafts-field-week = Week
drafts-field-kind = Kind
drafts-field-modules = Modules
drafts-field-completion-modules = The role’s modules must be held
drafts-field-milestones = Milestones
drafts-field-progress = Progress
drafts-field-completion = What completes it
drafts-field-pass = Passed at (percent)
drafts-field-attendance = Attendance in percent
drafts-field-presented = The work must have been presented
drafts-field-name = Name
drafts-field-day-hours = Hours in a course day
drafts-field-holiday-months = Months without courses
drafts-field-everyone = Dose for everyone
drafts-hint-id = Lower-case letters a–z, digits and hyphens. It is seen in addresses and files and does not change later.
drafts-hint-builds-on = Codes or ids with AND, OR and brackets: M2 AND (M3 OR V1). Some of several: 2 OF (M3, M4, V1).
drafts-hint-short = At most 32 characters. It stands on puzzle pieces and in tables.
drafts-hint-assessment = Being there is always needed. A test, an assignment and an observation are assessed by whoever leads the module, and the module is done only when both are there.
drafts-hint-pass = How much of a test’s points is needed to pass, in percent. Leave empty for 70. Used only when the module has a test.
drafts-hint-attendance = How much of an occasion’s parts is needed, rounded up to whole parts. Leave empty when all of them are.
drafts-hint-valid-months = Empty means for good.
drafts-hint-equivalent = Whoever has one of these counts as having the module.
drafts-hint-elective = No dose needs to ask for it: people choose it themselves.
drafts-hint-adapted-from = What the module is an adaptation of.
drafts-hint-names = One on each line. Names in the HR system that mean the job title.
drafts-hint-codes = One on each line.
drafts-hint-outcomes = What the participant can do afterwards.
drafts-hint-holiday-months = The numbers of the months, 1–12.
drafts-hint-letter = A capital letter that the modules’ codes begin with.
drafts-hint-progress = Expected progress, 0.5–5.
drafts-hint-hours = Whole quarters: 1.5 or 7.
drafts-rule-v005 = The curriculum is too large.
drafts-rule-v011 = A field that must be there is missing.
drafts-rule-v012 = The field has the wrong kind of value.
drafts-rule-v013 = The text is missing in Swedish or in English.
drafts-rule-v014 = The same id is there twice.
drafts-rule-v015 = The id is badly formed.
drafts-rule-v016 = The number is too large or too small.
drafts-rule-v017 = The same name stands twice in a list.
drafts-rule-v020 = Something is named that does not exist.
drafts-rule-v030 = Modules build on each other in a circle, so that nobody can begin.
drafts-rule-v031 = Roles include each other in a circle.
drafts-rule-v032 = The module builds on one of a higher level.
drafts-rule-v033 = A prerequisite follows from another already.
drafts-rule-v034 = Nobody can fulfil the prerequisite.
drafts-rule-v035 = The prerequisite asks for nothing.
drafts-rule-v036 = The module is its own equivalent.
drafts-rule-v040 = Hours are whole quarters above zero.
drafts-rule-v041 = An outcome is missing.
drafts-rule-v042 = The short name is longer than 32 characters.
drafts-rule-v043 = No dose leads to the module and it is not elective.
drafts-rule-v044 = A pass mark without a test.
drafts-rule-v050 = More are to be chosen than there are to choose from.
drafts-rule-v051 = The dose asks for nothing.
drafts-rule-v052 = The deadline is too short for the hours.
drafts-rule-v053 = The deadline is for a module outside the dose.
drafts-rule-v054 = Nobody has the dose.
drafts-rule-v060 = The programme’s parts are out of order.
drafts-rule-v061 = The programme has no such month.
drafts-rule-v062 = The module is given before one that it builds on.
drafts-rule-v070 = The area’s letter is missing or taken.
drafts-rule-v071 = Two job titles have the same name or code.
drafts-rule-other = The file has an error.
drafts-order = Order
drafts-order-lead = The order of modules within their area gives their codes and their order in the matrix.
drafts-order-to = Place the module
drafts-order-first = First in the area
drafts-order-after = After { $module }
drafts-order-move = Move
drafts-order-up = Up
drafts-order-down = Down
drafts-moved = The module has been moved. It can be taken back in the matrix.
drafts-moved-thing = { $module }: moved
drafts-about-v005 = It has { $found }, and at most { $most } fit.
drafts-about-v011 = It is about: { $field }.
drafts-about-v013-sv = Write it in Swedish.
drafts-about-v013-en = Write it in English.
drafts-about-v014 = It is about { $name }.
drafts-about-v015 = It is about { $name }. Use lower-case letters a to z, digits and single hyphens.
drafts-about-v016 = It says { $found }, but can be { $least } to { $most }.
drafts-about-v017 = It is about { $name }.
drafts-about-v020 = It is about { $name }.
drafts-about-v020-near = It is about { $name }. Did you mean { $near }?
drafts-about-v030 = The circle is { $chain }.
drafts-about-v031 = The circle is { $chain }.
drafts-about-v032 = { $module } has level { $level }, this one has { $own }.
drafts-about-v033 = { $module } follows from { $by }.
drafts-about-v034 = { $found } must be fulfilled, but the list has { $most }.
drafts-about-v040 = It says { $found }.
drafts-about-v042-sv = The Swedish one has { $found }.
drafts-about-v042-en = The English one has { $found }.
drafts-about-v050 = { $found } are to be chosen, but there are { $most }.
drafts-about-v052 = Within { $days } days it takes { $hours } hours, but { $working } working days hold { $room }.
drafts-about-v053 = It is about { $module }.
drafts-about-v060 = { $name } stands after { $before }.
drafts-about-v061 = It says { $found }, but the programme has months 1 to { $most }.
drafts-about-v062 = { $module } is given before { $by }.
drafts-about-v070 = { $area } has { $name } too.
drafts-about-v071 = { $title } has { $name } too.
drafts-field-counts = When taken again, what counts
drafts-hint-counts = Every time stays on the person’s record. The rule is for what is recorded while it is published.
drafts-counts-latest = the latest time
drafts-counts-best = the time that is valid longest
