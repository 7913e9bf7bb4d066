# Published versions.
versions-title = Versions
versions-lead = Every published version, the newest first. A version never changes.
versions-holds = Holds now
versions-first = The first version
versions-what-changed = What changed?
versions-from = From
versions-to = To
versions-compared = { $from } and { $to }
versions-means-everyone = Changed doses are for everyone who has them.
versions-means-not-started = Changed doses are for those who had not started.
versions-means-new = Changed doses are for new assignments only.
versions-dose-everyone = { $dose }: everyone who has it.
versions-dose-not-started = { $dose }: those who had not started.
versions-dose-new = { $dose }: new assignments only.
versions-grace = At least { $days } days to do what was added.
versions-credit = { $old } counts as { $new }.
versions-side-by-side = The doses side by side
versions-side-by-side-lead = Only modules and doses that differ. What is struck through held before, what is underlined holds after.
versions-yes = Yes
versions-no = No
versions-one = Version { $number }
versions-effect = What it meant when it was published
versions-effect-lead = { $people ->
    [one] One person worked here then, or was to begin.
   *[other] { $people } people worked here then, or were to begin.
  }
versions-files = The files
versions-holds-modules = { $modules ->
    [one] { $modules } module
   *[other] { $modules } modules
  }, { $hours } hours.
versions-download = Download the files (ZIP)
versions-compare = Compare with another version
versions-with = Version to compare with
versions-since = Changes since { $number }
versions-next = The next version: { $number }
versions-quiet = Nobody’s path changed.
