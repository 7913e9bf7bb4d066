# What a draft does to everybody.
consequences-title = Följder
consequences-happens = Det här händer
consequences-lead = Utkastet jämfört med version { $version }, för { $people ->
    [one] { $people } person
   *[other] { $people } personer
  } och vars och ens verkliga meriter.
consequences-quiet = Ingens väg ändras.
consequences-counting = Räknar på alla personer …
consequences-unsound = Siffrorna kommer när felen i utkastet är rättade.
consequences-unproved = { $count ->
    [one] För { $count } person är den kortaste vägen inte bevisad.
   *[other] För { $count } personer är den kortaste vägen inte bevisad.
  }
consequences-all-figures = Alla siffror
consequences-per-unit = Berörda personer per enhet, med allt under
consequences-under = under { $unit }
consequences-directly = Direkt i { $unit }
consequences-with-below = { $unit } med allt under
consequences-bar = Stapel
consequences-people = Personer
consequences-everybody = Alla
consequences-no-unit = Utan enhet
consequences-week = Vecka { $week }, { $year }
consequences-hours = timmar tillsammans för { $people ->
    [one] { $people } person
   *[other] { $people } personer
  }, { $each } var
consequences-days-more = { $count ->
    [one] kursdag till behövs
   *[other] kursdagar till behövs
  }, med { $seats } platser var
consequences-days-fewer = { $count ->
    [one] kursdag färre behövs
   *[other] kursdagar färre behövs
  }, med { $seats } platser var
consequences-cost-more = kronor mer
consequences-cost-less = kronor mindre
consequences-says-affected = { $count ->
    [one] person berörs
   *[other] personer berörs
  }
consequences-says-more = { $count ->
    [one] person får mer att göra
   *[other] personer får mer att göra
  }
consequences-says-less = { $count ->
    [one] person får mindre att göra
   *[other] personer får mindre att göra
  }
consequences-says-done = { $count ->
    [one] person blir klar
   *[other] personer blir klara
  }
consequences-says-overdue = { $count ->
    [one] person blir försenad
   *[other] personer blir försenade
  }
consequences-says-tight = { $count ->
    [one] person får en sista dag som inte rymmer timmarna
   *[other] personer får en sista dag som inte rymmer timmarna
  }
consequences-says-lost = { $count ->
    [one] person förlorar sin rolls kompetens
   *[other] personer förlorar sin rolls kompetens
  }
consequences-says-won = { $count ->
    [one] person får sin rolls kompetens
   *[other] personer får sin rolls kompetens
  }
consequences-who = Vem får den nya dosen?
consequences-who-everyone = Alla som har den
consequences-who-not-started = De som inte har börjat
consequences-who-new = Bara nya uppdrag
consequences-who-hint = Att ha börjat är att före publiceringen ha klarat någon modul som dosen kräver eller låter en välja. Moduler som alla ändå ska ha räknas inte som en början, och inte bokningar.
consequences-grace = Minst så många dagar på sig
consequences-participants = Platser per kurs
consequences-hour-price = Kronor per deltagartimme
consequences-day-price = Kronor per kursdag
consequences-count = Räkna om
consequences-groups = Följder per grupp
consequences-group = Grupp
consequences-by-unit = Enhet
consequences-by-title = Befattning
consequences-by-role = Roll
consequences-by-module = Modul
consequences-by-week = Vecka
consequences-affected = Berörda
consequences-hours-more = Timmar
consequences-more = Får mer
consequences-less = Får mindre
consequences-overdue = Blir försenade
consequences-tight = Ryms inte
consequences-lost = Förlorar kompetens
consequences-won = Får kompetens
consequences-seats = Planerade platser
consequences-days = Kursdagar
consequences-none-here = Inget ändras i den här indelningen.
consequences-nobody = Ingen räknas hit längre.
consequences-two-hours = { $before } timmar kvar enligt { $version }, { $after } timmar enligt utkastet.
consequences-two-more = Det är { $more } timmar.
consequences-changes = Det som ändras
consequences-unchanged = Det som är som förut
consequences-module = Modul
consequences-what = Vad
consequences-draft = Utkastet
consequences-why = Varför?
consequences-same-path = Vägen är densamma.
consequences-piece-added = Tillkommer
consequences-piece-gone = Faller bort
consequences-piece-due = Annan sista dag
consequences-piece-hours = Andra timmar
consequences-piece-state = Annat läge
consequences-piece-same = Som förut
consequences-piece-takes = { $hours } timmar
consequences-the-draft = utkastet
consequences-piece-under = enligt { $version }
consequences-live-changed = Utkastet har ändrats. Vägen visas på nytt.
consequences-piece-by = senast { $day }
consequences-state-done = Klar
consequences-state-expiring = Går snart ut
consequences-state-expired = Har gått ut
consequences-state-overdue = Försenad
consequences-state-booked = Bokad
consequences-state-locked = Låst
consequences-state-available = Öppen
consequences-try = Prova en person
consequences-try-lead = Sätt ihop någon, eller ta en verklig person, och se vägen i dag och enligt utkastet.
consequences-real = En verklig person: e-post eller id
consequences-made-up = En påhittad person
consequences-no-such-person = Ingen har den adressen eller det id:t. Sök upp personen under Personer.
consequences-none = Ingen
consequences-since = Sedan
consequences-has = Har redan
consequences-see-path = Visa vägen
consequences-path = Vägen
consequences-somebody = Personen
consequences-publish = Publicera
consequences-review = Granska och publicera
consequences-publish-lead = Se vad som skiljer sig från version { $version } och vad det betyder, och bestäm vem det gäller. En version ändras aldrig i efterhand.
consequences-differences = Skillnader
consequences-see-differences = Se varje skillnad
consequences-different = { $count } { $section ->
    [modules] { $count ->
        [one] modul
       *[other] moduler
    }
    [doses] { $count ->
        [one] dos
       *[other] doser
    }
    [roles] { $count ->
        [one] roll
       *[other] roller
    }
    [titles] { $count ->
        [one] befattning
       *[other] befattningar
    }
    [groups] { $count ->
        [one] grupp
       *[other] grupper
    }
    [programmes] program
    [areas] { $count ->
        [one] område
       *[other] områden
    }
   *[other] { $count ->
        [one] annan del
       *[other] andra delar
    }
  } { $what ->
    [added] nya
    [removed] borttagna
   *[other] ändrade
  }
consequences-usually = För varje ändrad dos
consequences-as-usual = Som ovan
consequences-grace-hint = Inget som tillkommer ska vara klart tidigare än så många dagar efter publiceringen.
consequences-counts-as = { $module } tas bort. Den som har den räknas som att ha
consequences-counts-not = ingenting i stället
consequences-publish-now = Publicera nu
consequences-note = Vad är nytt, och varför?
consequences-note-hint = Visas i listan över versioner och i mejlet till alla vars väg ändras.
consequences-note-missing = Skriv vad som är nytt och varför
consequences-note-long = Skriv högst 1 000 tecken om vad som är nytt
consequences-publish-button = Publicera för alla
consequences-published = Versionen är publicerad. Alla vars väg ändras får ett mejl.
consequences-has-errors = Rätta felen i utkastet först. De står bredvid matrisen.
consequences-terms-wrong = Valen passar inte ihop med utkastet. Se över vem som får vad och vad som räknas.
consequences-overtaken = En nyare version har publicerats sedan utkastet började. Ta över ändringarna först.
consequences-changed-meanwhile = Utkastet har ändrats sedan du öppnade sidan. Se igenom siffrorna och försök igen.
consequences-not-approved = Någon annan behöver godkänna utkastet först, precis som det är nu
consequences-second = Någon annan än den som publicerar ska ha godkänt utkastet, precis som det är nu.
consequences-approved-by = Godkänt av
consequences-approve = Jag har sett igenom utkastet och godkänner det
consequences-approved = Godkänt
