WITH scene AS (
    INSERT INTO imagery_scenes (code) VALUES (:code) ON CONFLICT (code) DO UPDATE SET code = excluded.code RETURNING id
)
INSERT INTO imagery_scene_versions
    (scene_id, title_vi, title_en, acquired_on, file_name, file_sha256, source_crs, cog_sha256, cog_bytes, max_zoom,
     pixel_size_m, pixel_type, band_names, shown_bands, stretch_low, stretch_high, geom, valid, quality, source_id,
     batch_id, note)
SELECT scene.id, :title_vi, :title_en, CAST(:acquired_on AS date), :file_name, :file_sha256, :source_crs, :cog_sha256,
       :cog_bytes, :max_zoom, :pixel_size_m, :pixel_type, CAST(:band_names AS text[]), CAST(:shown_bands AS integer[]),
       CAST(:stretch_low AS double precision[]), CAST(:stretch_high AS double precision[]),
       ST_Multi(ST_SetSRID(ST_GeomFromText(:footprint), 4326)), daterange(CAST(:acquired_on AS date), NULL), :quality,
       (SELECT id FROM sources WHERE key = :source_key), :batch_id, :note
FROM scene
RETURNING id
