DROP TABLE days_off;
DROP TABLE occasion_materials;
DROP TABLE occasion_trainers;
ALTER TABLE occasions DROP COLUMN kept_role;
ALTER TABLE occasions DROP COLUMN kept_unit;
ALTER TABLE occasions DROP COLUMN language;
