DROP TABLE door_codes;
DROP TABLE part_marks;
