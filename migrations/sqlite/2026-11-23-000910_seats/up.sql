-- Seats at occasions, the line of those who wait, and everything that has happened to a booking.
ALTER TABLE occasions ADD COLUMN seats INTEGER;
ALTER TABLE occasions ADD COLUMN minimum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE occasions ADD COLUMN closes_at TIMESTAMP;
ALTER TABLE occasions ADD COLUMN link TEXT NOT NULL DEFAULT '';
-- Counted up by whoever changes the bookings, so that two who do meet here.
ALTER TABLE occasions ADD COLUMN booking_revision BIGINT NOT NULL DEFAULT 0;

ALTER TABLE bookings ADD COLUMN asked_at TIMESTAMP;
ALTER TABLE bookings ADD COLUMN due DATE;
ALTER TABLE bookings ADD COLUMN offered_until TIMESTAMP;
CREATE INDEX bookings_waiting ON bookings (occasion_id) WHERE state IN ('offered', 'waitlisted');

-- Append-only.
CREATE TABLE booking_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  occasion_id BIGINT NOT NULL REFERENCES occasions (id),
  person_id BIGINT NOT NULL REFERENCES people (id),
  state TEXT NOT NULL,
  cause TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TIMESTAMP NOT NULL,
  by_id BIGINT REFERENCES people (id)
);
CREATE INDEX booking_log_occasion ON booking_log (occasion_id, id);
CREATE INDEX booking_log_person ON booking_log (person_id, id);
