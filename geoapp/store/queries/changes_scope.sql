-- The parks of a zone at one moment.
SELECT p.park_id FROM parks_at(:day, :known) AS p WHERE p.zone_slug = :zone
