# Listan
people-title-all = Personer
people-search-hint = Namn, e-post eller id
people-find = Sök
people-unit = Enhet
people-all-units = Alla enheter
people-status = Arbetar eller har slutat
people-working = Arbetar nu
people-left = Har slutat
people-name = Namn
people-done = Klara
people-next = Nästa
people-none = Ingen träff. Pröva ett annat ord, eller välj alla enheter.

# Befattningar som planen inte känner
people-unmapped = Befattningar utan koppling
people-unmapped-what = Utbildningsplanen känner inte igen de här befattningarna, så de som har dem får bara den dos som gäller alla. Skriv namnet eller koden under rätt befattning i planen och publicera den.
people-title-as-written = Befattning
people-code = Kod
people-count = Personer
people-perhaps = Kanske
people-all-mapped = Alla befattningar är kopplade till utbildningsplanen.

# En person
people-where = Enheter
people-path = Väg
people-path-sum = { $done } av { $all } klara, { $hours } timmar kvar
people-next-is = Nästa: { $next }.
people-show-path = Visa hela vägen
people-title-known = I utbildningsplanen
people-not-mapped = Inte kopplad
people-manager = Närmaste chef
people-since = Här sedan
people-ended = Slutade

people-assignments = Uppdrag
people-role = Roll
people-title = Befattning
people-from = Från { $from }
people-from-to = { $from } – { $to }
people-source-hr = Från personalsystemet
people-source-programme = Från en omgång
people-source-hand = För hand
people-holds-nothing = Inga uppdrag just nu.
people-earlier = Tidigare uppdrag
people-end = Avsluta
people-end-role = Avsluta { $role }
people-give-role = Ge en roll
people-choose = Välj roll
people-first-day = Första dag
people-last-day = Sista dag

people-record = Genomfört
people-record-empty = Inget är registrerat än.
people-module = Modul
people-day = Dag
people-valid = Giltig till
people-evidence = Underlag
people-recorded = Registrerat
people-revoked = Återkallad
people-lapsed = Förfallen
people-for-good = Tills vidare
people-evidence-attendance = Närvaro
people-evidence-assessment = Bedömning
people-evidence-prior-learning = Tillgodoräknat
people-evidence-import = Import
people-evidence-external = Intyg utifrån
people-editions = Omgångar

people-hats = Behörighet
people-own-hats = Din egen behörighet ändras av en annan administratör.
people-worn = Ja
people-not-worn = Nej
people-give = Ge
people-take = Ta bort
people-give-hat = Ge behörigheten { $hat }
people-take-hat = Ta bort behörigheten { $hat }

# Efter en ändring
people-role-given = Rollen är given. Vägen är uppdaterad.
people-role-ended = Rollen avslutas den dag du skrev.
people-hat-changed = Behörigheten är ändrad och gäller direkt.

# När något inte går
people-choose-role = Välj en av utbildningsplanens roller.
people-not-a-day = Skriv dagen med år, månad och dag, till exempel 2027-03-28.
people-ends-before = Sista dag är före första dag. Välj en senare sista dag.
people-already-held = Personen har redan rollen några av de dagarna. Avsluta den först eller välj andra dagar.
people-not-by-hand = Bara roller som getts för hand avslutas här. Befattningar följer personalsystemet och omgångens roller följer omgången.
people-last-administrator = Någon måste vara administratör. Ge behörigheten till en annan person först.
people-absences = Dagar borta
people-absences-of = Dagar då { $name } är borta
people-absences-what = Skriv in dagar då det inte går att komma, så tar planeringen hänsyn till dem. Bara dagarna sparas, aldrig varför, och de syns för personen själv och cheferna.
people-absences-none = Inga dagar är inskrivna.
people-absence-new = Skriv in dagar
people-absence-to-hint = Lämna tomt när det är en enda dag.
people-absence-save = Spara dagarna
people-absence-booked = Bokad då:
people-absence-remove = Ta bort
people-absence-remove-which = Ta bort { $days }
people-absence-noted = Dagarna är sparade.
people-absence-removed = Dagarna är borttagna.
people-absence-ends-before = Sista dagen är före den första.
people-absence-past = Dagarna har redan varit. Skriv in dagar som kommer.
people-absence-far = Det är mer än tre år dit. Skriv in dagarna längre fram.
people-absence-long = Det är mer än två år. Skriv in de två första.
people-absence-many = Det finns redan hundra perioder. Ta bort dem som inte behövs.
people-counts-latest = Räknas: den senaste
people-counts-best = Räknas: gäller längst
people-counts-not = Räknas inte: en annan gång räknas
