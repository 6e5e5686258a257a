-- All that was ever entered of one project by some moment, newest days first; known_until is set where it no longer stood then.
SELECT v.name, v.investor, v.sector, v.land_ha::double precision AS land_ha, v.capital_vnd_bn, v.capital_usd_m, v.capital_note,
       v.licensed_on, v.state, v.state_note, v.quality::text AS quality, v.note, lower(v.valid) AS valid_from,
       upper(v.valid) AS valid_to, lower(v.recorded) AS known_from,
       CASE WHEN upper(v.recorded) <= CAST(:known_at AS timestamptz) THEN upper(v.recorded) END AS known_until,
       s.key AS source_key, s.title AS source_title, s.publisher, s.published, s.address,
       b.title AS batch_title, b.dataset, b.loaded_by, b.loaded_at, b.source_crs
FROM project_versions AS v
JOIN sources AS s ON s.id = v.source_id
JOIN batches AS b ON b.id = v.batch_id
WHERE v.project_id = :project_id AND (lower_inf(v.valid) OR lower(v.valid) <= :as_of)
  AND lower(v.recorded) <= CAST(:known_at AS timestamptz)
ORDER BY lower(v.valid) DESC NULLS LAST, lower(v.recorded) DESC
