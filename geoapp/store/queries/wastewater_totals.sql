-- Operating parks, and those of them whose plant operates, has a valid permit and no confirmed exceedance. A park of
-- which no plant is on record cannot be judged either.
WITH plant AS MATERIALIZED (
    SELECT w.park_id, min(array_position(ARRAY['met', 'no_data', 'not_met', 'not_operating'], w.standard_met)) AS best,
           bool_or(w.quality = 'demo') AS has_demo
    FROM wastewater_plants_at(:as_of, :known_at) AS w GROUP BY w.park_id
)
SELECT count(*) AS operating, count(*) FILTER (WHERE best = 1) AS numerator, nullif(count(*), 0) AS denominator,
       count(*) FILTER (WHERE best = 2 OR best IS NULL) AS no_data, bool_or(has_demo) AS has_demo
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN plant ON plant.park_id = p.park_id
WHERE p.status = 'operating'
