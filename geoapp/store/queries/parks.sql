-- All parks with where they stand.
SELECT p.park_id, p.slug, p.name_vi, p.name_en, p.former_province, p.zone_slug, p.status, p.outline IS NOT NULL AS has_outline,
       (SELECT string_agg(a.alias, ', ' ORDER BY a.alias) FROM park_aliases AS a WHERE a.park_id = p.park_id) AS aliases
FROM parks_at(:as_of, :known_at) AS p
WHERE CAST(:zone AS text) IS NULL OR p.zone_slug = :zone
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
