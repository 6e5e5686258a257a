-- All parks with where they stand, and their other names.
SELECT p.park_id, p.slug, p.name_vi, p.name_en, p.former_province, p.zone_slug, p.status, p.quality, p.source_title,
       p.valid_from, p.outline IS NOT NULL AND p.approximate AS is_approximate,
       (SELECT string_agg(a.alias, ', ' ORDER BY a.alias) FROM park_aliases AS a WHERE a.park_id = p.park_id) AS aliases
FROM parks_at(:as_of, :known_at) AS p
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
