-- Plants, and the parks in operation of which no plant is on record: nobody said that there is none, so they are
-- "no data". A plant without a published place stands at the point of its park.
SELECT p.slug || '/' || coalesce(w.code, 'none') AS id, p.slug AS park_slug, coalesce(w.geom, p.point) AS geom,
       coalesce(w.approximate, true) OR w.geom IS NULL AS approximate,
       coalesce(w.name_vi, p.name_vi) AS name_vi, coalesce(w.name_en, p.name_en) AS name_en,
       p.name_vi AS park_vi, p.name_en AS park_en, w.state,
       CASE WHEN w.plant_id IS NULL THEN 'điểm công bố của KCN'
            WHEN w.geom IS NULL THEN 'vị trí nhà máy chưa công bố; vẽ tại điểm công bố của KCN' END AS place_vi,
       CASE WHEN w.plant_id IS NULL THEN 'published point of the park'
            WHEN w.geom IS NULL THEN 'place of the plant not published; drawn at the published point of the park'
            END AS place_en,
       w.capacity_m3_day AS capacity, CASE WHEN NOT w.load_is_stale THEN w.load_pct END AS load_share,
       CASE WHEN NOT w.load_is_stale THEN w.load_m3_day END AS load,
       CASE WHEN w.load_is_stale THEN w.load_pct END AS last_known,
       CASE WHEN w.load_is_stale THEN w.load_on END AS last_known_on,
       coalesce(f.quality, w.quality, p.quality) AS quality, coalesce(f.source_title, w.source_title, p.source_title) AS source,
       coalesce(f.source_key, w.source_key, p.source_key) AS source_key, f.valid_on AS observed_on
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN zones AS z ON z.slug = p.zone_slug
LEFT JOIN wastewater_plants_at(:as_of, :known_at) AS w ON w.park_id = p.park_id
LEFT JOIN figures_at('wastewater_load', :as_of, :known_at) AS f
  ON f.subject_kind = 'plant' AND f.subject_id = w.plant_id
WHERE (w.plant_id IS NOT NULL OR p.status = 'operating')
  AND (CAST(:park_id AS integer) IS NULL OR p.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR z.id = :zone_id)
