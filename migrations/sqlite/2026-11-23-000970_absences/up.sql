-- Days on which somebody is away, so that nobody is asked to come then. Why is nobody's business and is not kept.
CREATE TABLE absences (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  from_day DATE NOT NULL,
  to_day DATE NOT NULL CHECK (to_day >= from_day)
);
CREATE INDEX absences_person ON absences (person_id, from_day);
