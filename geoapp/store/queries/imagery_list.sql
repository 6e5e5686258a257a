SELECT code, title_vi, title_en, acquired_on, cog_sha256, max_zoom, pixel_size_m, band_names, shown_bands, quality,
       source_key, source_title, note,
       ST_XMin(geom) AS west, ST_YMin(geom) AS south, ST_XMax(geom) AS east, ST_YMax(geom) AS north,
       ST_AsGeoJSON(geom, 5) AS footprint
FROM imagery_at(:as_of, :known_at)
ORDER BY acquired_on DESC, code
