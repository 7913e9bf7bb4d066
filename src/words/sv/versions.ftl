# Published versions.
versions-title = Versioner
versions-lead = Varje publicerad version, den nyaste först. En version ändras aldrig.
versions-holds = Gäller nu
versions-first = Den första versionen
versions-what-changed = Vad ändrades?
versions-from = Från
versions-to = Till
versions-compared = { $from } och { $to }
versions-means-everyone = Ändrade doser gäller alla som har dem.
versions-means-not-started = Ändrade doser gäller dem som inte hade börjat.
versions-means-new = Ändrade doser gäller bara nya uppdrag.
versions-dose-everyone = { $dose }: alla som har den.
versions-dose-not-started = { $dose }: de som inte hade börjat.
versions-dose-new = { $dose }: bara nya uppdrag.
versions-grace = Minst { $days } dagar på sig för det som tillkom.
versions-credit = { $old } räknas som { $new }.
versions-side-by-side = Doserna sida vid sida
versions-side-by-side-lead = Bara moduler och doser som skiljer sig. Det överstrukna gällde före, det understrukna gäller efter.
versions-yes = Ja
versions-no = Nej
versions-one = Version { $number }
versions-effect = Vad den betydde när den publicerades
versions-effect-lead = { $people ->
    [one] En person arbetade här då, eller hade en anställning som skulle börja.
   *[other] { $people } personer arbetade här då, eller hade en anställning som skulle börja.
  }
versions-files = Filerna
versions-holds-modules = { $modules ->
    [one] { $modules } modul
   *[other] { $modules } moduler
  }, { $hours } timmar.
versions-download = Hämta filerna (ZIP)
versions-compare = Jämför med en annan version
versions-with = Version att jämföra med
versions-since = Ändringar sedan { $number }
versions-next = Nästa version: { $number }
versions-quiet = Ingens väg ändrades.
