-- The latest figure of each of some indicators for some parks.
SELECT p.slug, i.code, i.name_vi, i.name_en, f.value, f.valid_on, f.date_precision, f.quality, f.is_stale
FROM parks_at(:as_of, :known_at) AS p
CROSS JOIN unnest(CAST(:indicators AS text[])) WITH ORDINALITY AS asked (code, position)
JOIN indicators AS i ON i.code = asked.code
LEFT JOIN LATERAL (
    SELECT one.value, one.valid_on, one.date_precision, one.quality, one.is_stale
    FROM figures_at(asked.code, :as_of, :known_at) AS one
    WHERE one.subject_kind = 'park' AND one.subject_id = p.park_id
) AS f ON true
WHERE p.park_id = ANY (:parks)
ORDER BY p.slug, asked.position
