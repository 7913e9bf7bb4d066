mailroom-title = Utskick
mailroom-what = Varje mejl som systemet skickar: vad som väntar, vad som är skickat och vad som inte kom fram.
mailroom-no-server = Ingen mejlserver är inställd. Mejlen skickas inte, utan sparas som filer i mappen { $folder } och kan läsas här.
mailroom-tabs = Utskick efter läge
mailroom-crumbs = Var du är
mailroom-waiting = Väntar
mailroom-held = Hålls kvar
mailroom-sent = Skickade
mailroom-failed = Kom inte fram
mailroom-dropped = Skickades aldrig
mailroom-empty = Inga mejl här.
mailroom-moment = { $day } { $time }
mailroom-queued = Beslutat
mailroom-next-try = Nästa försök
mailroom-attempts = Försök
mailroom-again = Skicka igen
mailroom-waits-again = Mejlet väntar på att skickas igen.
mailroom-cannot-again = Mejlet kan inte skickas igen: det väntar redan, eller så är innehållet borttaget.
mailroom-as-read = Mejlet som mottagaren ser det
mailroom-to = Till
mailroom-subject = Ämne
mailroom-attached = Bifogat
mailroom-calendar-file = Kalenderfil, invite.ics
mailroom-hidden = Innehållet visas inte. En inloggningslänk får bara mottagaren se, och den tas bort när mejlet är skickat.

# Slag av mejl
mailroom-kind-welcome = Välkommen till omgången
mailroom-kind-invitation = Inbjudan
mailroom-kind-reminder = Påminnelse
mailroom-kind-seat = Plats i kön
mailroom-kind-short = För få bokade
mailroom-kind-achieved = Genomförd modul
mailroom-kind-recognition = Tillgodoräknande och underlag
mailroom-kind-expiring = Modul går ut
mailroom-kind-assessed = Bedömning
mailroom-kind-taken-back = Rättad modul
mailroom-kind-overdue = Försenad modul
mailroom-kind-version = Ändrad väg
mailroom-kind-sign-in = Inloggningslänk

# Varför det inte gick
mailroom-stale = Skickades inte, för det hade hunnit bli inaktuellt.
mailroom-restored = Hålls kvar, för databasen har återställts från en säkerhetskopia och mejlet kan redan vara skickat. Skicka igen om det behövs.
mailroom-no-answer = Mejlservern svarade inte i tid.
mailroom-bad-recipient = Mottagarens adress är ingen e-postadress. Rätta den och skicka igen.
mailroom-bad-sender = Avsändarens adress är ingen e-postadress. Rätta den i inställningarna och skicka igen.
mailroom-unwritable = Mejlet gick inte att skriva. Felet är antecknat i loggen.
mailroom-server-said = Svar från mejlservern: { $words }

# Mejl till en själv
mailroom-own-title = Mejl till mig
mailroom-own-what = De senaste mejlen som systemet har skickat till dig.
mailroom-own-empty = Du har inte fått något mejl härifrån än.
mailroom-plain-text = Som ren text
