-- The rules of seats that the region decides, each with who decided it. Append-only: the newest row holds.
CREATE TABLE seat_rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  offer_hours INTEGER NOT NULL CHECK (offer_hours > 0),
  late_hours INTEGER NOT NULL CHECK (late_hours >= 0),
  -- None: everybody books alone, however often they did not come.
  no_shows INTEGER CHECK (no_shows > 0),
  decided_at TIMESTAMP NOT NULL,
  decided_by BIGINT REFERENCES people (id)
);

-- Whether a booked seat was given back late is noted when it happens. What has happened so far is noted by the rule that
-- was told then: fewer than three days before.
UPDATE booking_log SET cause = 'left' WHERE cause = 'left_late' AND EXISTS (
  SELECT 1 FROM occasions WHERE occasions.id = booking_log.occasion_id AND julianday(booking_log.at) <= julianday(occasions.starts_at) - 3
);
UPDATE booking_log SET cause = 'left_late' WHERE cause = 'left' AND EXISTS (
  SELECT 1 FROM occasions WHERE occasions.id = booking_log.occasion_id AND julianday(booking_log.at) > julianday(occasions.starts_at) - 3
) AND (
  SELECT earlier.state FROM booking_log AS earlier
  WHERE earlier.occasion_id = booking_log.occasion_id AND earlier.person_id = booking_log.person_id
    AND earlier.id < booking_log.id
  ORDER BY earlier.id DESC LIMIT 1
) = 'booked';
