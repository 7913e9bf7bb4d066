-- Who opened a day, when those who decide were told that too few have booked it, and when somebody decided that it is
-- given anyway. Nobody is told of days whose booking had closed before this was noted.
ALTER TABLE occasions ADD COLUMN opened_by BIGINT;
ALTER TABLE occasions ADD COLUMN told_short_at TIMESTAMP;
ALTER TABLE occasions ADD COLUMN runs_anyway_at TIMESTAMP;
UPDATE occasions SET opened_by = (
  SELECT MIN(actor_id) FROM audit
  WHERE audit.action = 'occasion.opened' AND audit.object_kind = 'occasion' AND audit.object_id = occasions.id
);
UPDATE occasions SET told_short_at = CURRENT_TIMESTAMP WHERE closes_at <= CURRENT_TIMESTAMP OR starts_at <= CURRENT_TIMESTAMP;
