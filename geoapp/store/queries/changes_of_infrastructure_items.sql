-- Versions of infrastructure items; their planned value counts with the share that is done.
SELECT v.id, v.infrastructure_item_id AS thing_id, v.name_vi, v.name_en, v.valid, v.recorded,
       v.planned_value_vnd_bn AS size, v.progress_pct / 100 AS share,
       v.state, v.quality::text AS quality, v.source_id, v.batch_id, v.note, v.approximate, v.geom
FROM infrastructure_item_versions AS v
