-- Hectares of plots at one moment, from their sums.
SELECT coalesce(sum(area_ha), 0) AS value, 0 AS without_value
FROM plot_sums_at(:day, :known)
WHERE state = ANY (CAST(:states AS text[])) AND use_code = ANY (CAST(:uses AS text[]))
  AND (CAST(:parks AS integer[]) IS NULL OR park_id = ANY (CAST(:parks AS integer[])))
