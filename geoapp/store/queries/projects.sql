-- Projects of a park or of a zone; published ones first.
SELECT p.* FROM projects_at(:as_of, :known_at) AS p
WHERE (CAST(:park AS text) IS NOT NULL AND p.park_slug = :park) OR (CAST(:zone AS text) IS NOT NULL AND p.zone_slug = :zone)
ORDER BY quality_rank(p.quality), p.name COLLATE "C", p.code
