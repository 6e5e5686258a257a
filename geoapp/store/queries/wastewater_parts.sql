-- Every operating park with what the best of its plants comes to; by the rules of wastewater_totals.sql.
WITH plant AS MATERIALIZED (
    SELECT DISTINCT ON (w.park_id) w.*
    FROM wastewater_plants_at(:as_of, :known_at) AS w
    ORDER BY w.park_id, array_position(ARRAY['met', 'no_data', 'not_met', 'not_operating'], w.standard_met), w.code
)
SELECT p.slug, p.name_vi, p.name_en, coalesce(plant.standard_met, 'no_data') AS standard_met, plant.state, plant.permit_valid,
       plant.readings_on AS valid_on, plant.quality, v.id IS NOT NULL AS has_plant,
       s.key AS source_key, s.title AS source_title, s.publisher, s.published, s.address, s.licence,
       b.id AS batch_id, b.title AS batch_title, b.dataset, b.loaded_by, b.loaded_at, b.files, b.source_crs
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN plant ON plant.park_id = p.park_id
LEFT JOIN wastewater_plant_versions AS v ON v.wastewater_plant_id = plant.plant_id
 AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
LEFT JOIN sources AS s ON s.id = v.source_id
LEFT JOIN batches AS b ON b.id = v.batch_id
WHERE p.status = 'operating'
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
