-- People who want a day of a module that has none they can come to.
CREATE TABLE wanted_days (
  person_id BIGINT NOT NULL REFERENCES people (id),
  module TEXT NOT NULL,
  asked_at TIMESTAMP NOT NULL,
  PRIMARY KEY (person_id, module)
);
CREATE INDEX wanted_days_module ON wanted_days (module);

-- How many seats are taken is asked for each day on each participant's page.
CREATE INDEX bookings_seats ON bookings (occasion_id, state);
