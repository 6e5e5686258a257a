-- All economic zones.
SELECT z.slug, z.name_vi, z.name_en FROM zones_at(:as_of, :known_at) AS z ORDER BY z.slug
