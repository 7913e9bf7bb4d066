# Publishing a draft, while it goes on and when it failed.
publishing-title = Publicerar
publishing-lead = Du kan lämna sidan. Versionen, utkastets slut och mejlen skrivs på en gång eller inte alls.
publishing-begins = Räknar ut vad det betyder för alla.
publishing-looks = Räknar ut vad det betyder för alla: { $done } av { $all } personer.
publishing-looked = Det är uträknat vad det betyder för { $all ->
    [one] { $all } person
   *[other] { $all } personer
  }.
publishing-will-write = Sedan skrivs versionen och mejlen.
publishing-writes = Skriver versionen och { $letters ->
    [0] inga mejl
    [one] { $letters } mejl
   *[other] { $letters } mejl
  }.
publishing-by-itself = Sidan uppdaterar sig själv.
publishing-stand-still = Låt den stå still
publishing-look-again = Hur går det nu?
publishing-not-published = Inget publicerades
publishing-draft-is-there = Utkastet är kvar som det var och ingen har fått något mejl.
publishing-cut-off = Publiceringen avbröts innan den var klar, kanske för att programmet startades om.
publishing-broke = Något gick fel. Försök igen om en stund.
publishing-same = Utkastet säger detsamma som den version som gäller.
publishing-again = Försök igen
publishing-to-draft = Till utkastet
