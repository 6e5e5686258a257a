-- Of the parks in operation, the share whose plant meets the standard, on many days at once, by the rules of
-- wastewater_totals.sql.
WITH plant AS MATERIALIZED (
    SELECT d.day, w.park_id, bool_or(w.standard_met = 'met') AS met, max(quality_rank(w.quality)) AS rank
    FROM unnest(CAST(:days AS date[])) AS d (day) CROSS JOIN LATERAL wastewater_plants_at(d.day, :known_at) AS w
    GROUP BY d.day, w.park_id
)
SELECT d.day, 100.0 * count(*) FILTER (WHERE plant.met) / count(*) AS value,
       coalesce((ARRAY['official', 'published', 'estimated', 'demo'])[max(plant.rank)], 'estimated') AS quality
FROM unnest(CAST(:days AS date[])) AS d (day)
CROSS JOIN LATERAL parks_at(d.day, :known_at) AS p
LEFT JOIN plant ON plant.day = d.day AND plant.park_id = p.park_id
WHERE p.status = 'operating'
GROUP BY d.day ORDER BY d.day
