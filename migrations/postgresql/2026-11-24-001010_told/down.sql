ALTER TABLE occasions DROP COLUMN runs_anyway_at;
ALTER TABLE occasions DROP COLUMN told_short_at;
ALTER TABLE occasions DROP COLUMN opened_by;
