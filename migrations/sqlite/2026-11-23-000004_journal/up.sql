-- Whose facts have changed, in order. No reference to people: rows are short-lived and many.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL
);
