-- How many hectares of a park must still be let to reach the target of the plan. Before a target is in force, and where the
-- figure is too old or has no hectares, there is no distance; the last figure is told beside it.
SELECT p.slug AS id, p.slug AS park_slug, p.geom, p.approximate, p.name_vi, p.name_en, p.status, p.outline_quality,
       CASE WHEN NOT f.is_stale THEN greatest(t.value / 100 * f.denominator - f.numerator, 0) END AS gap_ha,
       t.value AS target,
       CASE WHEN NOT f.is_stale THEN f.value END AS occupancy,
       CASE WHEN NOT f.is_stale THEN f.numerator END AS leased,
       CASE WHEN NOT f.is_stale THEN f.denominator END AS leasable,
       offer.area_ha AS on_offer,
       CASE WHEN f.is_stale THEN f.valid_on END AS last_known_on,
       m.name_vi AS method_vi, m.name_en AS method_en,
       coalesce(f.quality, p.quality) AS quality, coalesce(f.source_title, p.source_title) AS source,
       coalesce(f.source_key, p.source_key) AS source_key, f.valid_on AS observed_on
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN zones AS z ON z.slug = p.zone_slug
LEFT JOIN targets_at(:as_of, :known_at) AS t ON t.code = 'KT-02-LO'
LEFT JOIN figures_at('occupancy', :as_of, :known_at) AS f
  ON f.subject_kind = 'park' AND f.subject_id = p.park_id
LEFT JOIN methods AS m ON m.indicator = 'occupancy' AND m.code = f.method
LEFT JOIN (SELECT s.park_id, sum(s.area_ha)::double precision AS area_ha FROM plot_sums_at(:as_of, :known_at) AS s
           WHERE s.state = 'available' AND s.use_code IN ('SKK', 'TMD') GROUP BY s.park_id) AS offer ON offer.park_id = p.park_id
WHERE (CAST(:park_id AS integer) IS NULL OR p.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR z.id = :zone_id)
