-- Diplomas as they were made: what each says, and the code by which anybody who is shown it can see that it is genuine.
CREATE TABLE diplomas (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES people (id),
  kind TEXT NOT NULL,
  -- An achievement or an edition, by the kind.
  subject_id BIGINT,
  content TEXT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP
);
CREATE INDEX diplomas_person ON diplomas (person_id, id);
