-- Versions of plots; they count where state and use are among those of the figure.
SELECT v.id, v.plot_id AS thing_id, CAST(NULL AS text) AS name_vi, CAST(NULL AS text) AS name_en, v.valid, v.recorded,
       v.area_ha AS size,
       (v.state = ANY (CAST(:states AS text[])) AND v.use_code = ANY (CAST(:uses AS text[])))::integer AS share,
       v.state, v.quality::text AS quality, v.source_id, v.batch_id, v.note, v.approximate, v.geom
FROM plot_versions AS v
