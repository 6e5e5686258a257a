-- Monthly figures of departments by their numbers, as far as who asks may see them.
SELECT f.id::text AS id, i.name_vi AS title_vi, i.name_en AS title_en, p.name_vi AS place_vi, p.name_en AS place_en, f.value,
       i.unit, NULL AS codes, NULL AS state, f.month AS valid_on, f.quality::text AS quality,
       coalesce(s.title, f.department) AS source, lower(f.recorded) AS known_from, upper(f.recorded) AS known_until,
       (SELECT n.id::text FROM target_figures AS n WHERE n.supersedes_id = f.id AND n.is_approved ORDER BY n.id LIMIT 1) AS follower,
       '/targets' AS path
FROM target_figures AS f
JOIN reported_indicators AS i ON i.code = f.indicator
LEFT JOIN sources AS s ON s.id = f.source_id
LEFT JOIN LATERAL (SELECT name_vi, name_en FROM park_versions WHERE park_id = f.park_id AND upper_inf(recorded)
                   ORDER BY valid DESC LIMIT 1) AS p ON true
WHERE f.id = ANY (CAST(:ids AS bigint[]))
  AND CAST(:as_of AS date) IS NOT NULL AND CAST(:known_at AS timestamptz) IS NOT NULL
ORDER BY i.ordinal, f.month, f.id
