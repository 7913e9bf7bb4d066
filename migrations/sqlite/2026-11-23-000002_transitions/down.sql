ALTER TABLE versions DROP COLUMN transition;
