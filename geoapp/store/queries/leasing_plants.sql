-- Wastewater plants with their capacity and the day from which they operate or are expected to.
SELECT s.*, s.starts_on < :as_of AS is_overdue
FROM plant_starts_at(:as_of, :known_at) AS s
WHERE CAST(:park_id AS integer) IS NULL OR s.park_id = :park_id
ORDER BY s.park_id, s.starts_on NULLS LAST, s.code
