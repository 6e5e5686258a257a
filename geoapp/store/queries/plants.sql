-- Wastewater plants of one park.
SELECT w.* FROM wastewater_plants_at(:as_of, :known_at) AS w WHERE w.park_slug = :park ORDER BY w.code
