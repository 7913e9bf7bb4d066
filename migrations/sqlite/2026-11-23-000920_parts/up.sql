-- An occasion is given in one part or several, half-days on different days for example. Each part is an event of its
-- own in people's calendars: what was sent before keeps its uid.
CREATE TABLE occasion_parts (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  occasion_id BIGINT NOT NULL REFERENCES occasions (id),
  no INTEGER NOT NULL CHECK (no > 0),
  starts_at TIMESTAMP NOT NULL,
  ends_at TIMESTAMP NOT NULL,
  place TEXT NOT NULL,
  link TEXT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  sequence INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX occasion_parts_occasion ON occasion_parts (occasion_id, no);
CREATE INDEX occasion_parts_time ON occasion_parts (starts_at);
INSERT INTO occasion_parts (occasion_id, no, starts_at, ends_at, place, link, uid, sequence)
SELECT id, 1, starts_at, ends_at, place, link, uid, sequence FROM occasions ORDER BY id;
