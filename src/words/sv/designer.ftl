# Utbildningsplanen
designer-version = Version { $number }, publicerad { $day }.
designer-size = { $count ->
    [one] { $count } modul
   *[other] { $count } moduler
}, { $hours ->
    [one] { $hours } timme
   *[other] { $hours } timmar
}.
designer-filter = Visa bara det som vissa roller eller befattningar ber om
designer-roles = Roller
designer-titles = Befattningar
designer-show = Visa
designer-show-all = Visa alla moduler
designer-picture = Vad som bygger på vad
designer-as-table = Samma sak som tabell
designer-table = Modulerna, område för område
designer-module = Modul
designer-hours = Timmar

# De första stegen
designer-start = Kom i gång
designer-start-why = Fem steg, så är Varjedag redo att tas i bruk. Kommandona skrivs på servern.
designer-start-ready = Allt som behövs finns på plats.
designer-step-done = Klart
designer-step-to-do = Återstår
designer-step-publish = Publicera utbildningsplanen
designer-step-publish-how = Varjedags egen utbildningsplan följer med. Publicera den som den är, eller kopiera filerna, ändra dem och publicera din egen.
designer-publish-now = Publicera den medföljande
designer-published = Utbildningsplanen är publicerad.
designer-see-curriculum = Se utbildningsplanen
designer-step-units = Läs in enheterna
designer-step-units-how = En CSV-fil med enheter, var de hör hemma och vem som är chef. Utan --apply visas bara vad som skulle ändras.
designer-step-people = Läs in personerna
designer-step-people-how = En CSV-fil från personalsystemet med namn, e-post, enhet och befattning. Befattningen ger dosen.
designer-see-people = Se personerna
designer-step-edition = Skapa en omgång
designer-step-edition-how = Välj startdag, så läggs åtta månader av träffar och milstolpar ut. Sedan skrivs deltagarna in.
designer-new-edition = Skapa en omgång
designer-step-mail = Ställ in e-posten
designer-step-mail-how = Utan inställningar sparas varje utskick som en fil och går att läsa under Utskick. Ange en SMTP-server i varjedag.toml eller i miljön för att skicka på riktigt.
designer-see-mail = Se utskicken
