-- Parks that targets name, as they name them.
SELECT n.code, n.park_id, n.named_as, p.slug, p.name_vi, p.name_en, p.status
FROM target_parks_at(:as_of, :known_at) AS n JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = n.park_id
ORDER BY n.code, natural_key(p.name_vi) COLLATE "C", p.slug
