# Attendance, part by part
attendance-of = Attendance: { $module }
attendance-roll = Attendance
attendance-parts = Parts
attendance-part = Part { $no }
attendance-goes-on = You can mark already now. Attendance counts when the day is over.
attendance-not-yet = Attendance can be marked from that day on.
attendance-here = here
attendance-away = away
attendance-open = not marked
attendance-mark-here = Here
attendance-mark-away = Away
attendance-mark-none = Not marked
attendance-oneself = Somebody else who leads the occasion marks you.
attendance-find = Find a name
attendance-search = Search
attendance-none-found = Nobody with that name has a seat here.
attendance-nobody = Nobody is booked on this occasion.
attendance-rest = Mark the rest as here
attendance-history-of = All marks of
attendance-waiting = waits for the network
attendance-waits = { $count ->
    [one] 1 mark waits for the network. It stays in the telephone and is sent by itself.
   *[other] { $count } marks wait for the network. They stay in the telephone and are sent by themselves.
}
attendance-waits-many = { "{n}" } marks wait for the network. They stay in the telephone and are sent by themselves.
attendance-saving = Saving …
attendance-all-saved = Everything is saved.
attendance-sign-in = Load the page again and sign in. The marks stay in the telephone until they are sent.
attendance-refused = A mark was not accepted.
attendance-discard = Discard what was not accepted
attendance-overtaken = { $who }: { $by } marked { $state } after you ({ $at }). The latest mark counts.
attendance-replaces = { $who }: { $by } had marked { $state } ({ $at }). Your mark is later and counts.
attendance-add = Somebody without a seat
attendance-add-hint = Whoever came without a booking gets a seat and is marked as here.
attendance-add-button = Add as here
attendance-door = QR code on the wall
attendance-import = Read in a list

# History and corrections
attendance-history-what = The latest mark counts. Nothing is removed, so that everybody can see who changed what.
attendance-counts = counts
attendance-by-hand = by hand
attendance-by-phone = by telephone
attendance-by-door = by the QR code on the wall
attendance-by-import = from a list that was read in
attendance-by-program = from another system
attendance-waited = arrived { $at }
attendance-because = Reason: { $reason }
attendance-no-marks = Nothing is marked.
attendance-correct = Correct
attendance-correct-what = The path follows at once. When something that was done is taken back, the person gets a mail.
attendance-which-part = Part
attendance-should-be = How it was
attendance-reason = Reason
attendance-reason-hint = The person can read it, for example: Sat at the back and was not seen.
attendance-correct-button = Save the correction
attendance-reason-missing = Write why it is corrected.
attendance-state-missing = Choose whether the person was here or away.
attendance-corrected = The correction is saved.

# Reading in a list
attendance-import-title = Read in attendance
attendance-import-what = The first line names the columns: id or email, and attendance. Write for example here or away, yes or no. An empty cell changes nothing. What would change is shown first.
attendance-import-parts = The occasion has several parts. The column part says which (1, 2 …). Without it the row is about all parts that have been.
attendance-import-paste = Paste the list
attendance-import-paste-hint = One line for each person, parted by commas, semicolons or tabs.
attendance-import-file = Or choose a file
attendance-import-file-hint = CSV or Excel (XLSX).
attendance-import-try = Show what would change
attendance-import-do = Read it in
attendance-import-skip = Read in the other rows
attendance-import-would = This would change
attendance-import-rows = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $count ->
    [0] nothing changes
    [one] 1 mark changes
   *[other] { $count } marks change
}, { $unchanged } are so already.
attendance-import-bad = { $bad ->
    [one] 1 row cannot be read in
   *[other] { $bad } rows cannot be read in
}
attendance-import-line = Line { $line }: { $reason }
attendance-import-nothing = Nothing changes: everything is so already.
attendance-import-change = from { $from } to { $to }
attendance-imported = The list has been read in.
attendance-list-missing = Paste a list or choose a file.
attendance-list-empty = The list is empty. The first line names the columns.
attendance-list-no-column = The column attendance is missing. The first line names the columns.
attendance-list-twice = The same column is there twice, as { $one } and { $other }. Keep one.
attendance-list-too-many = The list has more than { $most } rows. Is it the right file?
attendance-list-unreadable = The file cannot be read as a list. Save it as CSV or Excel (XLSX) and try again.
attendance-slip-nobody = Neither an id nor an address is there.
attendance-slip-unknown = No known person has { $who }.
attendance-slip-two = The id and the address belong to two different people.
attendance-slip-state = “{ $written }” says neither here nor away.
attendance-slip-part = “{ $written }” is no number of a part.
attendance-slip-no-such-part = The occasion has no part { $no }.
attendance-slip-to-come = Part { $no } has not been yet.
attendance-slip-no-seat = { $who } has no seat at the occasion. Add the person on the page of attendance first.
attendance-slip-oneself = Somebody else who leads the occasion marks you.
attendance-slip-otherwise = Line { $line } says something else about the same person and part.

# The code on the wall
attendance-door-of = QR code for attendance: { $module }
attendance-door-what = Here? Scan the code with your telephone.
attendance-door-about = How the code works
attendance-door-how = Whoever has a seat and is signed in is marked as here. The code can be used { $hours } and only for this part. Whoever is not booked is told so and can be added by you. The code changes nothing that you have marked.
attendance-door-over = The time for the code is over. Mark by hand instead.
attendance-door-make = Make a code
attendance-door-renew = Change the code
attendance-door-renew-what = The old one ends.
attendance-door-made = The code is ready to show or print.
attendance-here-title = Are you here?
attendance-here-ready = Press the button to be marked as here.
attendance-here-button = I am here
attendance-here-done = You are marked as here.
attendance-here-goes-on = You are marked as here. Attendance counts when the day is over.
attendance-here-decided = Whoever leads the occasion has marked something else. Tell them if that is not right.
attendance-here-leads = You lead the day or made the code. Let somebody else who leads mark you.
attendance-here-replaced = The code has been changed. Scan the one that is shown now.
attendance-here-early = The code can be used from { $at }.
attendance-here-late = The code could be used until { $at }. Tell whoever led the occasion, so that you are marked.
attendance-here-free = You are not booked on this occasion, but there is room. Tell whoever leads it, and you will be added.
attendance-here-full = You are not booked on this occasion and it is full. Talk to whoever leads it.
attendance-here-occasion = To the occasion

# Missed and cancelled late
attendance-missed = Missed and cancelled late
attendance-missed-what = This is counted from attendance and bookings, so that whoever plans can see how seats are used.
attendance-rule-late = Late is later than { $time } before the occasion, or the limit that held then.
attendance-rule-never-late = No cancellation counts as late.
attendance-rule-nothing = Nothing happens by itself.
attendance-rule-no-shows = Whoever has not come { $count ->
    [one] once
   *[other] { $count } times
} in a year books new seats through their manager or whoever plans the courses.
attendance-no-shows = Booked occasions without coming
attendance-lates = Late cancellations
attendance-no-show = Did not come
attendance-late = Cancelled late
attendance-late-here = { $count ->
    [one] 1 cancelled late
   *[other] { $count } cancelled late
}

# Rating oneself
attendance-rating = Rate yourself
attendance-rating-before = How well can you do this today, before the module? Afterwards you rate yourself again and see what has changed.
attendance-rating-after = How well can you do this now, after the module?
attendance-rating-private = Only you see your answers. They are never counted as competence, and whoever develops the module sees them only together with those of at least five people.
attendance-rating-scale = 1 means not at all, 5 means that you can show others.
attendance-rating-save = Save
attendance-rating-saved = Your answers are saved.
attendance-rating-missing = Choose at least one answer.
attendance-rating-change = How it has changed
attendance-rating-then = Before
attendance-rating-now = After
attendance-rating-up = From { $before } to { $after }: you can do more.
attendance-rating-same = Still { $after }.
attendance-rating-down = From { $before } to { $after }: perhaps you see more of what it takes.
attendance-rating-few = Fewer than { $fewest } have rated themselves both before and after, so nothing is shown.
attendance-rating-together = { $people } people: on average { $before } before and { $after } after.
