-- Own notes, which nobody but their owner sees.
CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  module TEXT NOT NULL,
  occasion_id BIGINT REFERENCES occasions (id),
  day DATE NOT NULL,
  body TEXT NOT NULL,
  revision BIGINT NOT NULL,
  changed_at TIMESTAMP NOT NULL
);
CREATE INDEX notes_person ON notes (person_id, module);
