-- A share over all parks: the sum of numerators over the sum of denominators, of figures that are not stale and were
-- reckoned by one method: that of most parks. Figures of other methods are not mixed in.
WITH figure AS (
    SELECT f.* FROM parks_at(:as_of, :known_at) AS p
    JOIN figures_at(:indicator, :as_of, :known_at) AS f ON f.subject_kind = 'park' AND f.subject_id = p.park_id
    WHERE f.numerator IS NOT NULL AND f.denominator IS NOT NULL AND NOT f.is_stale
), total AS (
    SELECT method, count(*) AS parks_counted, sum(numerator) AS numerator, sum(denominator) AS denominator,
           max(valid_on) AS valid_on, bool_or(quality = 'demo') AS has_demo
    FROM figure GROUP BY method ORDER BY count(*) DESC, method LIMIT 1
)
SELECT t.numerator, t.denominator, t.valid_on, t.has_demo, coalesce(t.parks_counted, 0) AS parks_counted, t.method,
       m.name_vi AS method_vi, m.name_en AS method_en, (SELECT count(*) FROM parks_at(:as_of, :known_at)) AS parks_total
FROM (VALUES (1)) AS always (one)
LEFT JOIN total AS t ON true
LEFT JOIN methods AS m ON m.indicator = :indicator AND m.code = t.method
