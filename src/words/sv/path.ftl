# Vad en bit kallas
path-done = Klar
path-expiring = Går ut snart
path-overdue = Försenad
path-booked = Bokad
path-expired = Har gått ut
path-locked = Låst
path-available = Kan göras nu

# Vägen som text
path-summary = { $count ->
    [0] Inget kvar att göra.
    [one] En bit kvar, { $left } timmar av { $total }.
   *[other] { $count } bitar kvar, { $left } timmar av { $total }.
}
path-proved = Det finns ingen kortare väg.
path-at-least = Sökningen avbröts; ingen väg är kortare än { $hours } timmar.
path-steps = Att göra, i den här ordningen
path-held = Redan klart
path-recommended = Rekommenderas därtill
path-hours = { $hours } tim
path-due = senast { $day }
path-after = efter { $modules }
path-until = till och med { $day }
path-through = genom { $module }
