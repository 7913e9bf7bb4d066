-- When the occasion was to begin when a seat was booked, and when anything happened to a booking: what is moved afterwards
-- changes neither. What has happened so far is taken as never moved.
ALTER TABLE bookings ADD COLUMN booked_for TIMESTAMP;
ALTER TABLE booking_log ADD COLUMN starts_at TIMESTAMP;
UPDATE bookings SET booked_for = (SELECT starts_at FROM occasions WHERE occasions.id = bookings.occasion_id) WHERE state = 'booked';
UPDATE booking_log SET starts_at = (SELECT starts_at FROM occasions WHERE occasions.id = booking_log.occasion_id);
