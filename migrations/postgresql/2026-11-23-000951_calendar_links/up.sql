-- One address for each person at which calendars fetch that person's days; kept as a hash.
CREATE TABLE calendar_links (
  person_id BIGINT PRIMARY KEY NOT NULL REFERENCES people (id),
  secret_hash TEXT NOT NULL UNIQUE,
  made_at TIMESTAMP NOT NULL,
  used_at TIMESTAMP
);
