DROP TABLE publications;
ALTER TABLE versions DROP COLUMN effect;
