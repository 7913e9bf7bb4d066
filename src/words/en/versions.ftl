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
