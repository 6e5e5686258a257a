-- Let and lettable hectares on many days at once, by the rules of totals_history.sql: of all parks, of those in operation on
-- the day, and of the new ones; and how many of the new ones have all their infrastructure.
WITH told AS (
    SELECT DISTINCT ON (o.indicator, o.subject_id, o.valid_on) o.indicator, o.subject_id AS park_id, o.valid_on, o.method,
           o.value, o.numerator, o.denominator, o.quality
    FROM observations AS o
    WHERE o.indicator IN ('occupancy', 'infrastructure_completeness') AND o.subject_kind = 'park'
      AND o.valid_on <= :as_of AND o.recorded @> CAST(:known_at AS timestamptz)
    ORDER BY o.indicator, o.subject_id, o.valid_on, quality_rank(o.quality), o.id
), spans AS (
    SELECT t.*, lead(t.valid_on) OVER (PARTITION BY t.indicator, t.park_id ORDER BY t.valid_on) AS until FROM told AS t
), standing AS (
    SELECT d.day, s.*, v.status, s.park_id = ANY (CAST(:new_parks AS integer[])) AS is_new
    FROM unnest(CAST(:days AS date[])) AS d (day)
    JOIN spans AS s ON s.valid_on <= d.day AND (s.until IS NULL OR s.until > d.day)
    JOIN indicators AS i ON i.code = s.indicator
    JOIN park_versions AS v ON v.park_id = s.park_id AND v.valid @> d.day AND v.recorded @> CAST(:known_at AS timestamptz)
    WHERE NOT coalesce(s.valid_on < d.day - make_interval(months => i.stale_after_months), false)
), sums AS (
    SELECT day, method, count(*) AS parks_counted, sum(numerator) AS leased, sum(denominator) AS leasable,
           sum(numerator) FILTER (WHERE status = 'operating') AS operating_leased,
           sum(denominator) FILTER (WHERE status = 'operating') AS operating_leasable,
           sum(numerator) FILTER (WHERE is_new) AS new_leased, sum(denominator) FILTER (WHERE is_new) AS new_leasable,
           max(quality_rank(quality)) AS rank, max(quality_rank(quality)) FILTER (WHERE is_new) AS new_rank
    FROM standing
    WHERE indicator = 'occupancy' AND numerator IS NOT NULL AND denominator IS NOT NULL
    GROUP BY day, method
), best AS (
    SELECT DISTINCT ON (day) * FROM sums ORDER BY day, parks_counted DESC, method
), helped AS (
    SELECT day, count(*) FILTER (WHERE value >= 99.95) AS parks, max(quality_rank(quality)) AS rank
    FROM standing WHERE indicator = 'infrastructure_completeness' AND is_new GROUP BY day
)
SELECT d.day, b.leased, b.leasable, b.operating_leased, b.operating_leasable, b.new_leased, b.new_leasable, h.parks AS helped,
       (ARRAY['official', 'published', 'estimated', 'demo'])[b.rank] AS quality,
       (ARRAY['official', 'published', 'estimated', 'demo'])[b.new_rank] AS new_quality,
       (ARRAY['official', 'published', 'estimated', 'demo'])[h.rank] AS helped_quality
FROM unnest(CAST(:days AS date[])) AS d (day)
LEFT JOIN best AS b ON b.day = d.day
LEFT JOIN helped AS h ON h.day = d.day
ORDER BY d.day
