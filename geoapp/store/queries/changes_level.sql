-- The figure itself at one moment, from all versions that count then; things without a value are told, not counted as 0.
SELECT coalesce(sum(round(round(size::numeric, 4) * share::numeric, :decimals)), 0) AS value,
       count(*) FILTER (WHERE size IS NULL OR share IS NULL) AS without_value
FROM ({versions}) AS version
WHERE valid @> CAST(:day AS date) AND recorded @> CAST(:known AS timestamptz)
  AND (CAST(:parks AS integer[]) IS NULL
       OR thing_id IN (SELECT id FROM {things} WHERE park_id = ANY (CAST(:parks AS integer[]))))
