-- Whether what follows from a part's being over has been done: what is marked counts from then on. What was over when this
-- was noted has counted already, and so has what somebody has been given for a day that goes on.
ALTER TABLE occasion_parts ADD COLUMN reckoned BOOLEAN NOT NULL DEFAULT 0;
UPDATE occasion_parts SET reckoned = 1 WHERE julianday(ends_at) <= julianday('now')
  OR occasion_id IN (SELECT occasion_id FROM achievements WHERE occasion_id IS NOT NULL);
CREATE INDEX occasion_parts_to_reckon ON occasion_parts (ends_at) WHERE reckoned = 0;
