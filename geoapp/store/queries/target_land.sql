-- Parks with what decides the targets of land: let and lettable hectares, whether they count in the total (by the rules of
-- totals.sql), infrastructure, clean land, and what is on offer.
WITH figure AS MATERIALIZED (
    SELECT f.* FROM figures_at('occupancy', :as_of, :known_at) AS f WHERE f.subject_kind = 'park'
), chosen AS (
    SELECT f.method FROM figure AS f JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = f.subject_id
    WHERE f.numerator IS NOT NULL AND f.denominator IS NOT NULL AND NOT f.is_stale
    GROUP BY f.method ORDER BY count(*) DESC, f.method LIMIT 1
), offer AS (
    SELECT s.park_id, sum(s.area_ha)::double precision AS area_ha FROM plot_sums_at(:as_of, :known_at) AS s
    WHERE s.state = 'available' AND s.use_code IN ('SKK', 'TMD') GROUP BY s.park_id
)
SELECT p.park_id, p.slug, p.name_vi, p.name_en, p.status, p.park_id = ANY (CAST(:new_parks AS integer[])) AS is_new,
       f.observation_id, f.value, f.numerator AS leased_ha, f.denominator AS leasable_ha, f.valid_on, f.quality, f.source_title,
       CASE WHEN f.value IS NULL THEN 'no_figure'
            WHEN f.numerator IS NULL OR f.denominator IS NULL THEN 'no_parts'
            WHEN f.is_stale THEN 'stale'
            WHEN f.method IS DISTINCT FROM (SELECT method FROM chosen) THEN 'other_method'
            ELSE 'counted' END AS told,
       offer.area_ha AS on_offer_ha, CASE WHEN NOT clean.is_stale THEN clean.numerator END AS clean_ha,
       works.observation_id AS works_id, works.valid_on AS works_on, works.quality AS works_quality,
       CASE WHEN NOT works.is_stale THEN works.value END AS completeness
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN figure AS f ON f.subject_id = p.park_id
LEFT JOIN offer ON offer.park_id = p.park_id
LEFT JOIN figures_at('clean_site', :as_of, :known_at) AS clean ON clean.subject_kind = 'park' AND clean.subject_id = p.park_id
LEFT JOIN figures_at('infrastructure_completeness', :as_of, :known_at) AS works
  ON works.subject_kind = 'park' AND works.subject_id = p.park_id
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
