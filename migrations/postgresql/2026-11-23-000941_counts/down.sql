ALTER TABLE achievements DROP COLUMN counts;
