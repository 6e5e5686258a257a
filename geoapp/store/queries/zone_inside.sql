-- What lies inside one zone by geometry: parks by the place of their point, communes by that of their office, and how much
-- coast. A park whose point lies outside but that is registered with the zone is told apart.
WITH zone AS (SELECT z.slug, z.geom FROM zones_at(:as_of, :known_at) AS z WHERE z.slug = :slug)
SELECT 'park' AS kind, p.slug AS key, p.name_vi, p.name_en, p.status AS detail, ST_Covers(zone.geom, p.point) AS inside,
       p.zone_slug IS NOT DISTINCT FROM zone.slug AS registered, p.quality, NULL::double precision AS amount, s.title AS source_title
FROM zone JOIN parks_at(:as_of, :known_at) AS p ON p.zone_slug = zone.slug OR ST_Covers(zone.geom, p.point)
JOIN sources AS s ON s.key = p.source_key
UNION ALL
SELECT 'commune', c.code, c.full_name, c.full_name, c.formed_from, true, NULL, 'published', c.area_km2, s.title
FROM zone JOIN communes AS c ON ST_Covers(zone.geom, c.geom) JOIN sources AS s ON s.id = c.source_id
UNION ALL
SELECT 'coast', NULL, NULL, NULL, NULL, true, NULL, 'published',
       sum(ST_Length(ST_Intersection(c.geom, zone.geom)::geography)) / 1000, min(s.title)
FROM zone JOIN coast AS c ON c.geom && zone.geom AND ST_Intersects(c.geom, zone.geom) JOIN sources AS s ON s.id = c.source_id
HAVING count(*) > 0
ORDER BY 1, 3
