# The frame of every page
web-skip = Skip to the content
web-menu = Menu
web-main-menu = Main menu
web-sign-in = Sign in
web-sign-out = Sign out
web-help = Help
web-my-data = My data
web-accessibility = Accessibility statement
web-error-in-title = Error: { $title }
web-back-to-start = To the start page

# Forms
web-form-errors = Correct this first
web-optional = optional

# Time
web-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
web-days = { $count } days

# Lists
web-results = { $count ->
    [one] { $count } result
   *[other] { $count } results
}
web-pages = Pages
web-page-of = Page { $page } of { $pages }
web-previous = Previous
web-next = Next

# When something does not work
web-bad-request-title = That could not be understood
web-bad-request = The page or form sent something that cannot be read. Go back, reload the page and try again.
web-not-signed-in-title = You need to sign in
web-not-signed-in = Sign in and try again.
web-stale-title = Reload the page and try again
web-stale = The page was too old, or you have signed in again since you opened it. Nothing has been changed.
web-forbidden-title = You may not do this
web-forbidden = You do not have the role it takes. Ask an administrator if you think you should.
web-not-found-title = There is no such page
web-not-found = The address may be misspelt, or what was here is gone.
web-conflict-title = Someone was faster
web-conflict = This has changed since you opened the page. Reload it, see what holds now and try again.
web-too-large-title = Too much at once
web-too-large = What you sent is larger than what is accepted. A file may have 5 MB at most.
web-invalid-title = Something needs correcting
web-invalid = One or more fields have values that cannot be used.
web-too-many-title = Too many attempts
web-too-many = Wait a minute and try again.
web-internal-title = Something went wrong on our side
web-internal = The error is on record. If you contact us about it, give error number { $id }.
web-unavailable-title = The service is busy right now
web-unavailable = Nothing has been changed. Wait a moment and try again.
