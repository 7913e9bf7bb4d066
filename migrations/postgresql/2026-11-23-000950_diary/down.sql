DROP INDEX bookings_seats;
DROP TABLE wanted_days;
