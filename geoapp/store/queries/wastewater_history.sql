-- Of the parks in operation, the share whose plant meets the standard, on many days at once, by the rules of
-- wastewater_totals.sql.
WITH plant AS MATERIALIZED (
    SELECT d.day, w.park_id, bool_or(w.standard_met = 'met') AS met, bool_or(w.quality = 'demo') AS has_demo
    FROM unnest(CAST(:days AS date[])) AS d (day) CROSS JOIN LATERAL wastewater_plants_at(d.day, :known_at) AS w
    GROUP BY d.day, w.park_id
)
SELECT d.day, 100.0 * count(*) FILTER (WHERE plant.met) / count(*) AS value, bool_or(plant.has_demo) AS has_demo
FROM unnest(CAST(:days AS date[])) AS d (day)
CROSS JOIN LATERAL parks_at(d.day, :known_at) AS p
LEFT JOIN plant ON plant.day = d.day AND plant.park_id = p.park_id
WHERE p.status = 'operating'
GROUP BY d.day ORDER BY d.day
