DROP TABLE seat_rules;
