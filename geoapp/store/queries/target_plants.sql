-- Parks in operation with the three conditions of their best plant, told apart; by the rules of wastewater_totals.sql.
WITH plant AS MATERIALIZED (
    SELECT DISTINCT ON (w.park_id) w.*
    FROM wastewater_plants_at(:as_of, :known_at) AS w
    ORDER BY w.park_id, array_position(ARRAY['met', 'no_data', 'not_met', 'not_operating'], w.standard_met), w.code
)
SELECT p.park_id, p.slug, p.name_vi, p.name_en, p.park_id = ANY (CAST(:new_parks AS integer[])) AS is_new, plant.code, plant.state,
       coalesce(plant.standard_met, 'no_data') AS standard_met, plant.state = 'operating' AS operates, plant.permit_valid,
       CASE WHEN plant.readings > 0 THEN plant.confirmed_exceedances = 0 END AS keeps_limits, plant.readings_on,
       coalesce(plant.quality, p.quality) AS quality, plant.source_title
FROM parks_at(:as_of, :known_at) AS p LEFT JOIN plant ON plant.park_id = p.park_id
WHERE p.status = 'operating'
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
