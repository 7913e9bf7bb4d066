# What a draft does to everybody.
consequences-title = Consequences
consequences-happens = What happens
consequences-lead = The draft against version { $version }, for { $people ->
    [one] { $people } person
   *[other] { $people } people
  } and what each of them really has.
consequences-quiet = Nobody’s path changes.
consequences-counting = Counting everybody …
consequences-unsound = The figures come when the errors in the draft have been corrected.
consequences-unproved = { $count ->
    [one] For { $count } person the shortest path is not proved.
   *[other] For { $count } people the shortest path is not proved.
  }
consequences-all-figures = All figures
consequences-per-unit = People affected by unit, with everything below
consequences-under = below { $unit }
consequences-directly = Directly in { $unit }
consequences-with-below = { $unit } with everything below
consequences-bar = Bar
consequences-people = People
consequences-everybody = Everybody
consequences-no-unit = Without a unit
consequences-week = Week { $week }, { $year }
consequences-hours = hours in total for { $people ->
    [one] { $people } person
   *[other] { $people } people
  }, { $each } each
consequences-days-more = { $count ->
    [one] more course day needed
   *[other] more course days needed
  }, with { $seats } seats each
consequences-days-fewer = { $count ->
    [one] course day fewer needed
   *[other] course days fewer needed
  }, with { $seats } seats each
consequences-cost-more = kronor more
consequences-cost-less = kronor less
consequences-says-affected = { $count ->
    [one] person is affected
   *[other] people are affected
  }
consequences-says-more = { $count ->
    [one] person gets more to do
   *[other] people get more to do
  }
consequences-says-less = { $count ->
    [one] person gets less to do
   *[other] people get less to do
  }
consequences-says-done = { $count ->
    [one] person has nothing left
   *[other] people have nothing left
  }
consequences-says-overdue = { $count ->
    [one] person becomes overdue
   *[other] people become overdue
  }
consequences-says-tight = { $count ->
    [one] person gets a deadline that cannot hold the hours
   *[other] people get a deadline that cannot hold the hours
  }
consequences-says-lost = { $count ->
    [one] person loses the competence of their role
   *[other] people lose the competence of their role
  }
consequences-says-won = { $count ->
    [one] person gains the competence of their role
   *[other] people gain the competence of their role
  }
consequences-who = Who gets the new dose?
consequences-who-everyone = Everyone who has it
consequences-who-not-started = Those who have not started
consequences-who-new = New assignments only
consequences-who-hint = To have started is to have completed, before the day of publication, a module that the dose requires or lets one choose. Modules that everybody is asked for anyway do not count as a start, nor do bookings.
consequences-grace = At least so many days to do it
consequences-participants = Seats on a course
consequences-hour-price = Kronor for an hour of one participant
consequences-day-price = Kronor for a course day
consequences-count = Count again
consequences-groups = Consequences by group
consequences-group = Group
consequences-by-unit = Unit
consequences-by-title = Job title
consequences-by-role = Role
consequences-by-module = Module
consequences-by-week = Week
consequences-affected = Affected
consequences-hours-more = Hours
consequences-more = Get more
consequences-less = Get less
consequences-overdue = Become overdue
consequences-tight = Do not fit
consequences-lost = Lose competence
consequences-won = Gain competence
consequences-seats = Planned seats
consequences-days = Course days
consequences-none-here = Nothing changes in this grouping.
consequences-nobody = Nobody is counted here any more.
consequences-two-hours = { $before } hours left by { $version }, { $after } hours by the draft.
consequences-two-more = That is { $more } hours.
consequences-changes = What changes
consequences-unchanged = What stays as it was
consequences-module = Module
consequences-what = What
consequences-draft = The draft
consequences-why = Why?
consequences-same-path = The path is the same.
consequences-piece-added = Is added
consequences-piece-gone = Falls away
consequences-piece-due = Another deadline
consequences-piece-hours = Other hours
consequences-piece-state = Another state
consequences-piece-same = As before
consequences-piece-takes = { $hours } hours
consequences-the-draft = the draft
consequences-piece-under = under { $version }
consequences-live-changed = The draft has changed. The path is shown anew.
consequences-piece-by = due by { $day }
consequences-state-done = Done
consequences-state-expiring = Expires soon
consequences-state-expired = Expired
consequences-state-overdue = Overdue
consequences-state-booked = Booked
consequences-state-locked = Locked
consequences-state-available = Open
consequences-try = Try a person
consequences-try-lead = Put somebody together, or take a real person, and see the path today and by the draft.
consequences-real = A real person: e-mail or id
consequences-made-up = A made-up person
consequences-no-such-person = Nobody has that address or id. Look the person up under People.
consequences-none = None
consequences-since = Since
consequences-has = Has already
consequences-see-path = Show the path
consequences-path = The path
consequences-somebody = The person
consequences-publish = Publish
consequences-review = Review and publish
consequences-publish-lead = See what differs from version { $version } and what it means, and decide whom it concerns. A version never changes afterwards.
consequences-differences = Differences
consequences-see-differences = See each difference
consequences-different = { $count } { $section ->
    [modules] { $count ->
        [one] module
       *[other] modules
    }
    [doses] { $count ->
        [one] dose
       *[other] doses
    }
    [roles] { $count ->
        [one] role
       *[other] roles
    }
    [titles] { $count ->
        [one] job title
       *[other] job titles
    }
    [groups] { $count ->
        [one] group
       *[other] groups
    }
    [programmes] { $count ->
        [one] programme
       *[other] programmes
    }
    [areas] { $count ->
        [one] area
       *[other] areas
    }
   *[other] { $count ->
        [one] other part
       *[other] other parts
    }
  } { $what ->
    [added] added
    [removed] removed
   *[other] changed
  }
consequences-usually = For each changed dose
consequences-as-usual = As above
consequences-grace-hint = Nothing that is added is due earlier than so many days after publishing.
consequences-counts-as = { $module } is removed. Whoever has it counts as having
consequences-counts-not = nothing instead
consequences-publish-now = Publish now
consequences-note = What is new, and why?
consequences-note-hint = Shown in the list of versions and in the mail to everybody whose path changes.
consequences-note-missing = Write what is new and why
consequences-note-long = Write at most 1,000 characters about what is new
consequences-publish-button = Publish for everybody
consequences-published = The version is published. Everybody whose path changes gets a mail.
consequences-has-errors = Correct the errors in the draft first. They stand beside the matrix.
consequences-terms-wrong = The choices do not fit the draft. Look over who gets what and what counts.
consequences-overtaken = A newer version has been published since the draft began. Take the changes over first.
consequences-changed-meanwhile = The draft has changed since you opened the page. Look the figures through and try again.
consequences-not-approved = Somebody else needs to approve the draft first, exactly as it is now
consequences-second = Somebody other than whoever publishes must have approved the draft, exactly as it is now.
consequences-approved-by = Approved by
consequences-approve = I have looked the draft through and approve it
consequences-approved = Approved
