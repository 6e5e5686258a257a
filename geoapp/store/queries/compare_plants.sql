-- The wastewater plants of every park as one: the best state, the capacity of the plants in it, the load of those that
-- operate and tell it, and whether one of them meets the standard.
WITH plant AS (SELECT * FROM wastewater_plants_at(:as_of, :known_at)),
best AS (
    SELECT park_id, min(array_position(ARRAY['operating', 'trial', 'building', 'suspended', 'planned', 'none'], state)) AS state,
           min(array_position(ARRAY['met', 'no_data', 'not_met', 'not_operating'], standard_met)) AS standard
    FROM plant GROUP BY park_id
)
SELECT p.park_id, (ARRAY['operating', 'trial', 'building', 'suspended', 'planned', 'none'])[min(b.state)] AS state,
       (ARRAY['met', 'no_data', 'not_met', 'not_operating'])[min(b.standard)] AS standard,
       sum(p.capacity_m3_day) FILTER (WHERE p.state = (ARRAY['operating', 'trial', 'building', 'suspended', 'planned',
                                                             'none'])[b.state]) AS capacity,
       sum(p.load_m3_day) FILTER (WHERE p.state = 'operating' AND NOT p.load_is_stale AND p.capacity_m3_day > 0) AS load,
       sum(p.capacity_m3_day) FILTER (WHERE p.state = 'operating' AND NOT p.load_is_stale AND p.load_m3_day IS NOT NULL)
           AS load_capacity,
       max(p.load_on) FILTER (WHERE p.state = 'operating' AND NOT p.load_is_stale) AS load_on,
       max(p.readings_on) AS readings_on, max(p.valid_from) AS valid_from,
       (array_agg(p.quality ORDER BY quality_rank(p.quality) DESC))[1] AS quality,
       (array_agg(p.source_title ORDER BY quality_rank(p.quality) DESC, p.code))[1] AS source_title
FROM plant AS p JOIN best AS b ON b.park_id = p.park_id
GROUP BY p.park_id
