-- Figures on record by their numbers. follower: the row that corrects it.
SELECT o.id::text AS id, i.name_vi AS title_vi, i.name_en AS title_en, coalesce(p.name_vi, z.name_vi, w.name_vi) AS place_vi,
       coalesce(p.name_en, z.name_en, w.name_en) AS place_en, o.value, i.unit, NULL AS codes, NULL AS state, o.valid_on,
       o.quality::text AS quality, s.title AS source, lower(o.recorded) AS known_from, upper(o.recorded) AS known_until,
       (SELECT n.id::text FROM observations AS n WHERE n.supersedes_id = o.id) AS follower,
       CASE o.subject_kind WHEN 'park' THEN '/figures/park/' || k.slug || '/' || o.indicator
                           WHEN 'zone' THEN '/figures/zone/' || e.slug || '/' || o.indicator
                           WHEN 'plant' THEN '/figures/plant/' || wk.slug || '/' || wp.code || '/' || o.indicator
                           ELSE '/figures/province/ninh-binh/' || o.indicator END AS path
FROM observations AS o
JOIN indicators AS i ON i.code = o.indicator
JOIN sources AS s ON s.id = o.source_id
LEFT JOIN parks AS k ON k.id = o.park_id
LEFT JOIN zones AS e ON e.id = o.zone_id
LEFT JOIN wastewater_plants AS wp ON wp.id = o.wastewater_plant_id
LEFT JOIN parks AS wk ON wk.id = wp.park_id
LEFT JOIN LATERAL (SELECT name_vi, name_en FROM park_versions WHERE park_id = o.park_id AND upper_inf(recorded)
                   ORDER BY valid DESC LIMIT 1) AS p ON true
LEFT JOIN LATERAL (SELECT name_vi, name_en FROM zone_versions WHERE zone_id = o.zone_id AND upper_inf(recorded)
                   ORDER BY valid DESC LIMIT 1) AS z ON true
LEFT JOIN LATERAL (SELECT name_vi, name_en FROM wastewater_plant_versions
                   WHERE wastewater_plant_id = o.wastewater_plant_id AND upper_inf(recorded)
                   ORDER BY valid DESC LIMIT 1) AS w ON true
WHERE o.id = ANY (CAST(:ids AS bigint[]))
  AND CAST(:as_of AS date) IS NOT NULL AND CAST(:known_at AS timestamptz) IS NOT NULL
ORDER BY natural_key(coalesce(p.name_vi, '')) COLLATE "C", o.valid_on, o.id
