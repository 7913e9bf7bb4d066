ALTER TABLE booking_log DROP COLUMN starts_at;
ALTER TABLE bookings DROP COLUMN booked_for;
