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
