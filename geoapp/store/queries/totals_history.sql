-- Shares over all parks on many days at once, by the rules of totals.sql: the latest figure of each park that is not
-- stale, numerators over denominators, the one method of most parks. A figure counts from its day until the next one;
-- a share is as sure as its least sure part.
WITH told AS (
    SELECT DISTINCT ON (o.indicator, o.subject_id, o.valid_on) o.indicator, o.subject_id AS park_id, o.valid_on, o.method,
           o.numerator, o.denominator, o.quality
    FROM observations AS o
    WHERE o.indicator = ANY (:indicators) AND o.subject_kind = 'park' AND o.valid_on <= :as_of
      AND o.recorded @> CAST(:known_at AS timestamptz)
    ORDER BY o.indicator, o.subject_id, o.valid_on, quality_rank(o.quality), o.id
), spans AS (
    SELECT t.*, lead(t.valid_on) OVER (PARTITION BY t.indicator, t.park_id ORDER BY t.valid_on) AS until FROM told AS t
), sums AS (
    SELECT d.day, s.indicator, s.method, count(*) AS parks_counted, sum(s.numerator) AS numerator,
           sum(s.denominator) AS denominator, max(quality_rank(s.quality)) AS rank
    FROM unnest(CAST(:days AS date[])) AS d (day)
    JOIN spans AS s ON s.valid_on <= d.day AND (s.until IS NULL OR s.until > d.day)
    JOIN indicators AS i ON i.code = s.indicator
    JOIN park_versions AS v ON v.park_id = s.park_id AND v.valid @> d.day AND v.recorded @> CAST(:known_at AS timestamptz)
    WHERE s.numerator IS NOT NULL AND s.denominator IS NOT NULL
      AND NOT coalesce(s.valid_on < d.day - make_interval(months => i.stale_after_months), false)
    GROUP BY d.day, s.indicator, s.method
)
SELECT DISTINCT ON (indicator, day) indicator, day, 100 * numerator / denominator AS value, method, parks_counted,
       (ARRAY['official', 'published', 'estimated', 'demo'])[rank] AS quality
FROM sums
ORDER BY indicator, day, parks_counted DESC, method
