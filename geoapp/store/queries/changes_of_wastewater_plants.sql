-- Versions of wastewater plants; their capacity counts while they operate.
SELECT v.id, v.wastewater_plant_id AS thing_id, v.name_vi, v.name_en, v.valid, v.recorded,
       v.capacity_m3_day AS size, (v.state = 'operating')::integer AS share,
       v.state, v.quality::text AS quality, v.source_id, v.batch_id, v.note, v.approximate, v.geom
FROM wastewater_plant_versions AS v
