-- All that was ever entered of one plot by some moment, newest days first; known_until is set where it no longer stood then.
SELECT v.block, v.use_code, v.state, v.area_ha, v.approximate, v.quality::text AS quality, v.note, lower(v.valid) AS valid_from,
       upper(v.valid) AS valid_to, lower(v.recorded) AS known_from,
       CASE WHEN upper(v.recorded) <= CAST(:known_at AS timestamptz) THEN upper(v.recorded) END AS known_until,
       s.key AS source_key, s.title AS source_title, s.publisher, s.published, s.address,
       b.title AS batch_title, b.dataset, b.loaded_by, b.loaded_at, b.source_crs
FROM plot_versions AS v
JOIN sources AS s ON s.id = v.source_id
JOIN batches AS b ON b.id = v.batch_id
WHERE v.plot_id = :plot_id AND (lower_inf(v.valid) OR lower(v.valid) <= :as_of) AND lower(v.recorded) <= CAST(:known_at AS timestamptz)
ORDER BY lower(v.valid) DESC, lower(v.recorded) DESC
