-- Norms of discharge in force, the general one first.
SELECT n.* FROM wastewater_norms_at(:as_of, :known_at) AS n
ORDER BY n.use_code IS NOT NULL OR n.sector IS NOT NULL, n.sector IS NOT NULL, n.name_vi COLLATE "C", n.code
