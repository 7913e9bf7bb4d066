-- Who trains at an occasion, what is to be read before and after it, in which language it is given, and for whom.
ALTER TABLE occasions ADD COLUMN language TEXT NOT NULL DEFAULT 'sv';
-- At most one of edition, unit (with all below it) and role; none is for everybody.
ALTER TABLE occasions ADD COLUMN kept_unit BIGINT;
ALTER TABLE occasions ADD COLUMN kept_role TEXT;

-- Somebody who works here, or somebody from elsewhere by name.
CREATE TABLE occasion_trainers (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  occasion_id BIGINT NOT NULL REFERENCES occasions (id),
  person_id BIGINT REFERENCES people (id),
  name TEXT NOT NULL,
  UNIQUE (occasion_id, person_id)
);
CREATE INDEX occasion_trainers_person ON occasion_trainers (person_id);

CREATE TABLE occasion_materials (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  occasion_id BIGINT NOT NULL REFERENCES occasions (id),
  phase TEXT NOT NULL CHECK (phase IN ('before', 'after')),
  title TEXT NOT NULL,
  link TEXT NOT NULL,
  body TEXT NOT NULL,
  added_at TIMESTAMP NOT NULL,
  added_by BIGINT REFERENCES people (id)
);
CREATE INDEX occasion_materials_occasion ON occasion_materials (occasion_id, id);

-- Days on which the region gives no courses, beside weekends, public holidays and holiday months.
CREATE TABLE days_off (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  from_day DATE NOT NULL,
  to_day DATE NOT NULL CHECK (to_day >= from_day),
  name TEXT NOT NULL
);
