-- How somebody rates what a module should lead to, 1 to 5; the newest of a moment is the one there is.
CREATE TABLE self_ratings (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  module TEXT NOT NULL,
  -- before or after.
  moment TEXT NOT NULL,
  -- A digest of the outcome's words, so that new words are rated anew.
  outcome TEXT NOT NULL,
  rating INTEGER NOT NULL,
  at TIMESTAMP NOT NULL,
  UNIQUE (person_id, module, moment, outcome)
);
CREATE INDEX self_ratings_module ON self_ratings (module);
