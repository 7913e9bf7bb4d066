-- What publishing a version means for the people there are, as JSON; see `Transition`. The versions there are were
-- published before anybody could choose: for everyone, with a month.
ALTER TABLE versions ADD COLUMN transition TEXT NOT NULL DEFAULT '{"default":"everyone","grace_days":30}';
