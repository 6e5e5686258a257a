-- Every scene that is registered now, for the operator.
SELECT s.code, v.title_vi, v.title_en, v.acquired_on, v.file_name, v.file_sha256, v.cog_sha256, v.cog_bytes,
       v.pixel_size_m, v.max_zoom, v.source_crs, v.pixel_type, v.band_names, v.shown_bands, v.quality,
       o.title AS source_title, b.loaded_by, b.loaded_at
FROM imagery_scene_versions AS v
JOIN imagery_scenes AS s ON s.id = v.scene_id
JOIN sources AS o ON o.id = v.source_id
JOIN batches AS b ON b.id = v.batch_id
WHERE upper_inf(v.recorded)
ORDER BY v.acquired_on DESC, s.code
