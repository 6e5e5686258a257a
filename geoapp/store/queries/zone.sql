-- One economic zone.
SELECT z.*, ST_XMin(z.geom) AS west, ST_YMin(z.geom) AS south, ST_XMax(z.geom) AS east, ST_YMax(z.geom) AS north,
       (SELECT min(p.former_province) FROM parks_at(:as_of, :known_at) AS p WHERE p.zone_slug = z.slug) AS former_province
FROM zones_at(:as_of, :known_at) AS z WHERE z.slug = :slug
