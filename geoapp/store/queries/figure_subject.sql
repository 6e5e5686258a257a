-- What a figure is about, as addresses name it: the province, a zone, a park, or a plant as park/code.
SELECT 0 AS subject_id, NULL AS name_vi, NULL AS name_en, NULL AS park_slug
WHERE :kind = 'province' AND :name = 'ninh-binh'
UNION ALL
SELECT z.zone_id, z.name_vi, z.name_en, NULL FROM zones_at(:as_of, :known_at) AS z WHERE :kind = 'zone' AND z.slug = :name
UNION ALL
SELECT p.park_id, p.name_vi, p.name_en, p.slug FROM parks_at(:as_of, :known_at) AS p WHERE :kind = 'park' AND p.slug = :name
UNION ALL
SELECT v.wastewater_plant_id, v.name_vi, v.name_en, park.slug::text
FROM wastewater_plants AS w
JOIN parks AS park ON park.id = w.park_id
JOIN wastewater_plant_versions AS v ON v.wastewater_plant_id = w.id
WHERE :kind = 'plant' AND park.slug || '/' || w.code = :name
  AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
