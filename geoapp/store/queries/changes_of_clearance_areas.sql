-- Versions of clearance areas; they count from the stage of the figure on. No stage: clearance has not begun.
SELECT v.id, v.clearance_area_id AS thing_id, CAST(NULL AS text) AS name_vi, CAST(NULL AS text) AS name_en, v.valid,
       v.recorded, v.area_ha AS size, coalesce(v.stage >= :stage, false)::integer AS share,
       v.stage AS state, v.quality::text AS quality, v.source_id, v.batch_id, v.note, v.approximate, v.geom
FROM clearance_area_versions AS v
