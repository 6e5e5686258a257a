-- Some indicators of one subject on many days at once: the latest figure of each day unless it is stale by then.
SELECT i.code, d.day, f.value
FROM unnest(CAST(:indicators AS text[])) AS asked (code)
JOIN indicators AS i ON i.code = asked.code
CROSS JOIN unnest(CAST(:days AS date[])) AS d (day)
LEFT JOIN LATERAL (
    SELECT o.value FROM observations AS o
    WHERE o.indicator = i.code AND o.subject_kind = :subject_kind AND o.subject_id = :subject_id AND o.valid_on <= d.day
      AND o.recorded @> CAST(:known_at AS timestamptz)
      AND (i.stale_after_months IS NULL OR o.valid_on >= d.day - make_interval(months => i.stale_after_months))
    ORDER BY o.valid_on DESC, quality_rank(o.quality), o.id LIMIT 1
) AS f ON true
ORDER BY i.code, d.day
