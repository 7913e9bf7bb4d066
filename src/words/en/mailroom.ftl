mailroom-title = Mail
mailroom-what = Every mail that the system sends: what waits, what has been sent and what did not arrive.
mailroom-no-server = No mail server is configured. Mail is not sent but kept as files in the folder { $folder }, and can be read here.
mailroom-tabs = Mail by state
mailroom-crumbs = Where you are
mailroom-waiting = Waiting
mailroom-held = Held
mailroom-sent = Sent
mailroom-failed = Did not arrive
mailroom-dropped = Never sent
mailroom-empty = No mail here.
mailroom-moment = { $day } { $time }
mailroom-queued = Decided
mailroom-next-try = Next try
mailroom-attempts = Tries
mailroom-again = Send again
mailroom-waits-again = The mail waits to be sent again.
mailroom-cannot-again = The mail cannot be sent again: it waits already, or its text has been removed.
mailroom-as-read = The mail as its reader sees it
mailroom-to = To
mailroom-subject = Subject
mailroom-attached = Attached
mailroom-calendar-file = Calendar file, invite.ics
mailroom-hidden = The text is not shown. Only the recipient may see a sign-in link, and it is removed when the mail has been sent.

# Kinds of mail
mailroom-kind-welcome = Welcome to the edition
mailroom-kind-invitation = Invitation
mailroom-kind-reminder = Reminder
mailroom-kind-seat = Place in line
mailroom-kind-short = Too few booked
mailroom-kind-achieved = Module done
mailroom-kind-recognition = Recognition and evidence
mailroom-kind-expiring = Module expires
mailroom-kind-assessed = Assessment
mailroom-kind-taken-back = Corrected module
mailroom-kind-overdue = Module overdue
mailroom-kind-version = Path changed
mailroom-kind-sign-in = Sign-in link

# Why it did not work
mailroom-stale = Not sent, because it had gone out of date.
mailroom-restored = Held, because the database was restored from a backup and the mail may have been sent already. Send it again if needed.
mailroom-no-answer = The mail server did not answer in time.
mailroom-bad-recipient = The recipient's address is not an e-mail address. Correct it and send again.
mailroom-bad-sender = The sender's address is not an e-mail address. Correct it in the configuration and send again.
mailroom-unwritable = The mail could not be written. The fault is in the log.
mailroom-server-said = The mail server answered: { $words }

# Mail to oneself
mailroom-own-title = Mail to me
mailroom-own-what = The latest mails that the system has sent to you.
mailroom-own-empty = You have had no mail from here yet.
mailroom-plain-text = As plain text
