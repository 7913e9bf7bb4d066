# Ramen runt varje sida
web-skip = Hoppa till innehållet
web-menu = Meny
web-main-menu = Huvudmeny
web-sign-in = Logga in
web-sign-out = Logga ut
web-help = Hjälp
web-my-data = Mina uppgifter
web-accessibility = Tillgänglighetsredogörelse
web-error-in-title = Fel: { $title }
web-back-to-start = Till startsidan

# Formulär
web-form-errors = Rätta det här först
web-optional = frivilligt

# Tid
web-hours = { $count ->
    [one] 1 timme
   *[other] { $count } timmar
}
web-days = { $count } dygn

# Listor
web-results = { $count ->
    [one] { $count } träff
   *[other] { $count } träffar
}
web-pages = Sidor
web-page-of = Sida { $page } av { $pages }
web-previous = Föregående
web-next = Nästa

# När något inte går
web-bad-request-title = Det gick inte att förstå
web-bad-request = Sidan eller formuläret skickade något som inte går att läsa. Gå tillbaka, ladda om sidan och försök igen.
web-not-signed-in-title = Du behöver logga in
web-not-signed-in = Logga in och försök igen.
web-stale-title = Ladda om sidan och försök igen
web-stale = Sidan var för gammal, eller så har du loggat in på nytt sedan du öppnade den. Inget har ändrats.
web-forbidden-title = Det här får du inte göra
web-forbidden = Du har inte den roll som behövs. Fråga den som är administratör om det borde gå.
web-not-found-title = Sidan finns inte
web-not-found = Adressen kan vara felskriven, eller så finns det som låg här inte kvar.
web-conflict-title = Någon hann före
web-conflict = Det här har ändrats sedan du öppnade sidan. Ladda om den, se vad som gäller nu och försök igen.
web-too-large-title = För mycket på en gång
web-too-large = Det du skickade är större än vad som tas emot. En fil får vara högst 5 MB.
web-invalid-title = Något behöver rättas
web-invalid = Ett eller flera fält har värden som inte går att använda.
web-too-many-title = För många försök
web-too-many = Vänta en minut och försök igen.
web-internal-title = Något gick fel hos oss
web-internal = Felet är antecknat. Hör du av dig om det, uppge felnummer { $id }.
web-unavailable-title = Tjänsten är upptagen just nu
web-unavailable = Inget har ändrats. Vänta en stund och försök igen.
