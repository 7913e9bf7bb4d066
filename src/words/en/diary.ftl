# Waits for an answer
diary-waits = Waits for an answer
diary-from-you = From you:
diary-from-others = From others:
diary-offered = a seat at { $module } is free for you, { $when }.
diary-stands-in-line = you are waiting for a seat at { $module }, { $when }.
diary-attest = { $name } asks you to attest work with { $module }.
diary-returned = your request to have { $module } recognised has come back with a comment.
diary-returned-for = the request to have { $module } recognised for { $name } has come back with a comment.
diary-asked = your request to have { $module } recognised waits for a decision.
diary-asked-for = the request to have { $module } recognised for { $name } waits for a decision.
diary-answer-by = Answer by { $until }. Then the seat goes on to the next in line.
diary-renew = { $module } expires on { $day }. Book a new day, or ask to have it recognised.
diary-renew-late = { $module } expired on { $day }. Book a new day, or ask to have it recognised.

# Piece by piece
diary-bits = Piece by piece
diary-more-reasons = { $count ->
    [one] There is one more reason.
   *[other] There are { $count } more reasons.
}
diary-opens = What does it open?
diary-opens-nothing = No other piece of the path waits for it.
diary-opens-with = together with { $codes }
diary-given = When is it given?
diary-given-done = Done on { $day }.
diary-given-booked = A seat is booked { $when }.
diary-given-never = There is no day to book just now.
diary-seats = { $count ->
    [0] Full, with a waiting list
    [one] One seat left
   *[other] { $count } seats left
}
diary-seats-for-all = Seats for everyone
diary-in-line = { $count ->
    [one] Full, one is waiting
   *[other] Full, { $count } are waiting
}
diary-in-parts = { $when }, in { $count } parts
diary-day-offered = A seat is offered to you; answer at the top of the page.
diary-day-in-line = You are in line.
diary-first = { $codes } must come first, done or booked on an earlier day.
diary-has-seat = You have a place for the module already.
diary-collides = You have a seat at { $module } at the same time.
diary-no-shows = Your manager or whoever plans the courses books for you.
diary-want = Say that you want a day
diary-want-no-more = I no longer want a day
diary-wanted = You have said that you want a day. Those who plan course days see it.
diary-said-wanted = It is noted that you want a day.
diary-said-not-wanted = Your wish for a day has been taken back.
diary-about-module = About the module

# The calendar
diary-calendar = My calendar
diary-calendar-what = Get your course days in the calendar that you use already: booked days, seats offered, last days and the programme’s milestones. The calendar fetches changes by itself.
diary-link-none = You have no calendar link yet.
diary-link-make = Make a calendar link
diary-link-renew = Change to a new link
diary-link-end = End the link
diary-link-ended = The link has ended. Calendars that used it get nothing more.
diary-link-new = Your calendar link
diary-link-once = Copy the link now. It is shown only this once, but you can change to a new one whenever you like.
diary-link-address = The link’s address
diary-link-subscribe = Open in the calendar
diary-link-how = How to add it
diary-link-outlook = Outlook: Add calendar, Subscribe from web, and paste the address.
diary-link-google = Google Calendar: Other calendars, From URL, and paste the address.
diary-link-apple = Apple Calendar: File, New Calendar Subscription, and paste the address.
diary-link-made = The link was made
diary-link-used = Fetched last
diary-link-unused = Not yet
diary-link-kept = Have you lost the address? Change to a new link, and the old one ends.
diary-link-secret = Whoever has the link can read your calendar. Give it to nobody. We do not keep the address in readable form.
diary-feed-more = Read more: { $link }
diary-feed-meeting = Meeting link: { $link }
diary-feed-offered = Seat offered: { $module }
diary-feed-trains = You lead: { $module }
diary-feed-due = Last day: { $module }{ $more ->
    [0] { "" }
    [one] { " " }and one more module
   *[other] { " " }and { $more } more modules
}
diary-feed-milestone = Milestone: { $title }

# Own notes
diary-notes = My notes
diary-notes-about = My notes on { $module }
diary-notes-what = Only you see them: not your manager, not those who plan the training, nobody else.
diary-notes-none = You have no notes here yet.
diary-notes-export = Take all notes along (JSON)
diary-notes-many = There is no room for more notes. Remove one first.
diary-note = Note
diary-note-new = New note
diary-note-hint = What did you take with you? What do you want to try?
diary-note-text = Text
diary-note-save = Save
diary-note-saved = The note is saved.
diary-note-edit = Change or remove
diary-note-remove = Remove the note
diary-note-removed = The note is removed.
diary-note-missing = Write something.
diary-note-long = The text is too long. There is room for 8,000 characters.
diary-note-changed = The note was changed in another window. What you wrote is still here: compare and save again.
diary-note-other = What it says now
diary-note-occasion = To the course day
diary-notes-day = The course day on { $day }
diary-hand-in = Hand in the assignment in { $module }
diary-hand-in-returned = The assignment in { $module } came back with a comment
diary-handed-in = The assignment in { $module } waits to be read
diary-to-read = { $count ->
    [one] One assignment to read
   *[other] { $count } assignments to read
}
