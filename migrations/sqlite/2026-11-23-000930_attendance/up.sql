-- Who was there, part by part, with every correction; and the codes on walls.

-- Append-only: of somebody's marks at a part, the one that was made last counts.
CREATE TABLE part_marks (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  -- Made by whoever marks, so that a mark that is sent twice is there once.
  mark_key TEXT NOT NULL UNIQUE,
  occasion_id BIGINT NOT NULL REFERENCES occasions (id),
  -- No foreign key: history outlives a part that was taken away.
  part_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  -- present, absent or none.
  state TEXT NOT NULL,
  -- hand, phone, door, import or program.
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  marked_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  by_id BIGINT REFERENCES people (id)
);
CREATE INDEX part_marks_occasion ON part_marks (occasion_id, person_id);
CREATE INDEX part_marks_person ON part_marks (person_id);
INSERT INTO part_marks
  (mark_key, occasion_id, part_id, person_id, state, source, reason, marked_at, recorded_at, by_id)
SELECT 'booking-' || bookings.id, bookings.occasion_id, occasion_parts.id, bookings.person_id,
  CASE bookings.state WHEN 'attended' THEN 'present' ELSE 'absent' END,
  'hand', '', bookings.changed_at, bookings.changed_at, bookings.changed_by
FROM bookings JOIN occasion_parts ON occasion_parts.occasion_id = bookings.occasion_id AND occasion_parts.no = 1
WHERE bookings.state IN ('attended', 'absent');

-- What the code on the wall carries. One at a time holds for a part.
CREATE TABLE door_codes (
  secret TEXT PRIMARY KEY NOT NULL,
  occasion_id BIGINT NOT NULL REFERENCES occasions (id),
  part_id BIGINT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  made_by BIGINT REFERENCES people (id),
  ended_at TIMESTAMP
);
CREATE INDEX door_codes_part ON door_codes (part_id);
