team-title = Mitt team
team-as-of = Läget { $day }.
team-file = Hämta som kalkylblad
team-way = Enheter ovanför
team-unpublished = Det finns ingen utbildningsplan än. När den första är publicerad visas vad teamet kan.
team-nobody-below = Du har inga medarbetare under dig i Varjedag. Välj en enhet, eller sök bland personerna.
team-nobody-here = Här arbetar ingen just nu.
team-too-many = Det är fler än { $most } personer. Välj en enhet, så visas den.

# Täckning
team-coverage = Kompetenstäckning
team-coverage-role = { $role }: { $complete } av { $holders } har hela dosen
team-coverage-nearest = Närmast är { $name }, med { $hours } timmar kvar.
team-show-path = Visa vägen dit

# Vilka
team-reach = Vilka som visas
team-everyone = Alla under mig ({ $count })
team-direct = Mina direkta ({ $count })
team-whole-unit = Hela enheten ({ $count })
team-only-unit = Bara enheten själv ({ $count })
team-units = Enheter

# Matrisen
team-caption = Kompetensmatris: { $people ->
    [one] { $people } person
   *[other] { $people } personer
} och { $modules ->
    [one] { $modules } modul
   *[other] { $modules } moduler
}
team-person = Person
team-holds = Befattning och roller
team-module = Modul
team-state = Läge
team-due = Senast
team-no-day = Ingen sista dag
team-done = Klara
team-act = Att åtgärda
team-act-person = { $count } att åtgärda för { $name }
team-act-module = { $count } att åtgärda i { $code }
team-act-all = { $count } att åtgärda i hela teamet
team-overdue-since = Försenad: { $code } sedan { $day }{ $more ->
    [0] {""}
    [one] {" "}och en till
   *[other] {" "}och { $more } till
}
team-after = efter { $codes }

# Lägen
team-key = Så visas läget
team-has = Har
team-until = Giltig till
team-expiring = Förfaller
team-lapsed = Förfallen
team-ending = Förfaller
team-booked = Bokad
team-next = Nästa
team-missing = Saknas
team-locked = Låst
team-overdue = Försenad
team-optional = Frivillig
team-outside = Ingår inte

# Listan
team-list = Visa som lista
team-all-modules = Alla moduler
team-show = Visa
team-whole = Visa hela matrisen
team-none = Ingen. Det här är i ordning.
