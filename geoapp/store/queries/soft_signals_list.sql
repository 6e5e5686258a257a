-- Units of land with a softer signal on a day, with the words of the signal and its thresholds.
SELECT c.project_id, j.code::text AS project, j.name AS project_name, c.unit, k.slug::text AS park, k.name_vi AS park_vi,
       k.name_en AS park_en, c.signal, c.since, c.measured, c.months, c.percent, s.name_vi, s.name_en, s.told_vi, s.told_en,
       j.land_ha AS area_ha, j.quality,
       (SELECT min(o.id) FROM cases AS o WHERE o.project_id = c.project_id AND o.is_open) AS case_id
FROM soft_signals_of(NULL, :as_of, :known_at) AS c
JOIN soft_signals AS s ON s.signal = c.signal AND s.valid @> CAST(:as_of AS date)
JOIN projects_at(:as_of, :known_at) AS j ON j.project_id = c.project_id
LEFT JOIN parks_at(:as_of, :known_at) AS k ON k.park_id = c.park_id
WHERE (sees_all_parks() OR c.park_id = ANY (acting_parks()))
  AND (CAST(:signal AS text) IS NULL OR c.signal = :signal)
  AND (CAST(:park AS text) IS NULL OR k.slug::text = :park)
ORDER BY c.signal, c.since, j.code, c.unit
