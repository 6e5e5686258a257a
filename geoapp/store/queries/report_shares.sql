-- The latest figures of some indicators of every park on some days, with the row that each comes from. Of several for one day
-- the surest counts; a figure counts from its day until the next one, and is stale where it is older than its indicator allows.
WITH told AS (
    SELECT DISTINCT ON (o.indicator, o.park_id, o.valid_on) o.indicator, o.park_id, o.valid_on, o.value, o.method, o.numerator,
           o.denominator, o.quality, o.source_id, o.id
    FROM observations AS o
    WHERE o.indicator = ANY (:indicators) AND o.subject_kind = 'park' AND o.valid_on <= :as_of
      AND o.recorded @> CAST(:known_at AS timestamptz)
    ORDER BY o.indicator, o.park_id, o.valid_on, quality_rank(o.quality), o.id
), spans AS (
    SELECT t.*, lead(t.valid_on) OVER (PARTITION BY t.indicator, t.park_id ORDER BY t.valid_on) AS until FROM told AS t
)
SELECT d.day, s.indicator, s.park_id, s.value, s.numerator, s.denominator, s.method, s.valid_on, s.quality::text AS quality,
       source.title AS source_title, s.id AS observation_id,
       coalesce(s.valid_on < d.day - make_interval(months => i.stale_after_months), false) AS is_stale
FROM unnest(CAST(:days AS date[])) AS d (day)
JOIN spans AS s ON s.valid_on <= d.day AND (s.until IS NULL OR s.until > d.day)
JOIN indicators AS i ON i.code = s.indicator
JOIN park_versions AS v ON v.park_id = s.park_id AND v.valid @> d.day AND v.recorded @> CAST(:known_at AS timestamptz)
JOIN sources AS source ON source.id = s.source_id
ORDER BY d.day, s.indicator, s.park_id
