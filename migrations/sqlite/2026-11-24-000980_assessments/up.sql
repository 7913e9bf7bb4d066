-- Tests, assignments and observations: how each stands, and all that has happened to it.

-- One for each person and module that asks for more than being there, from the day on which there is something to do.
-- What stands here follows from the steps and from who was there, and is written anew with each of them.
CREATE TABLE assessments (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  module TEXT NOT NULL,
  -- open, waits, returned, failed or passed.
  state TEXT NOT NULL,
  -- The person has been there enough for what is assessed now.
  attended BOOLEAN NOT NULL,
  -- Grows with every change, so that two who act at once come one after the other.
  revision INTEGER NOT NULL,
  changed_at TIMESTAMP NOT NULL,
  UNIQUE (person_id, module)
);
CREATE INDEX assessments_state ON assessments (state);

-- Append-only.
CREATE TABLE assessment_steps (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  assessment_id BIGINT NOT NULL REFERENCES assessments (id),
  -- A module that is taken again is assessed again, in a round of its own; 1 is the first.
  round INTEGER NOT NULL,
  -- handed_in, approved, returned, result or taken_back.
  step TEXT NOT NULL,
  text TEXT NOT NULL,
  -- What was handed in, with its files.
  evidence_id BIGINT REFERENCES evidence (id),
  points INTEGER,
  of_points INTEGER,
  -- What passed the test when the result was noted, in percent.
  pass_percent INTEGER,
  -- The step that was a mistake.
  takes_back_id BIGINT REFERENCES assessment_steps (id),
  at TIMESTAMP NOT NULL,
  by_id BIGINT REFERENCES people (id)
);
CREATE INDEX assessment_steps_assessment ON assessment_steps (assessment_id);
CREATE INDEX assessment_steps_evidence ON assessment_steps (evidence_id);
