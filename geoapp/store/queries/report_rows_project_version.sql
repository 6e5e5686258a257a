-- What is on record of projects, by the numbers of the versions. follower: a later version of the same project for its days.
SELECT v.id::text AS id, v.name AS title_vi, v.name AS title_en, p.name_vi AS place_vi, p.name_en AS place_en,
       v.land_ha::double precision AS value, 'ha' AS unit, 'project_state' AS codes, v.state, lower(v.valid) AS valid_on,
       v.quality::text AS quality, s.title AS source, lower(v.recorded) AS known_from, upper(v.recorded) AS known_until,
       (SELECT n.id::text FROM project_versions AS n WHERE n.project_id = v.project_id AND n.valid && v.valid
          AND lower(n.recorded) = upper(v.recorded) ORDER BY n.valid LIMIT 1) AS follower,
       '/projects/' || j.code AS path
FROM project_versions AS v
JOIN projects AS j ON j.id = v.project_id
JOIN sources AS s ON s.id = v.source_id
LEFT JOIN LATERAL (SELECT name_vi, name_en FROM park_versions WHERE park_id = v.park_id AND upper_inf(recorded)
                   ORDER BY valid DESC LIMIT 1) AS p ON true
WHERE v.id = ANY (CAST(:ids AS integer[]))
  AND CAST(:as_of AS date) IS NOT NULL AND CAST(:known_at AS timestamptz) IS NOT NULL
ORDER BY v.name, v.id
