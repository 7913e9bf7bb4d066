-- The module's rule when it was recorded: whether the latest of several counts, or the one that is valid longest. What is
-- there already goes on to count as it did.
ALTER TABLE achievements ADD COLUMN counts TEXT NOT NULL DEFAULT 'best';
