SELECT p.slug AS id, p.slug AS park_slug, p.outline AS geom, p.approximate, p.name_vi, p.name_en, p.status,
       p.outline_area_ha AS area, p.outline_note AS note,
       coalesce(p.outline_quality, p.quality) AS quality, coalesce(o.title, p.source_title) AS source,
       coalesce(o.key, p.source_key) AS source_key, CAST(NULL AS date) AS observed_on
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN sources AS o ON o.key = p.outline_source_key
LEFT JOIN zones AS z ON z.slug = p.zone_slug
WHERE (CAST(:park_id AS integer) IS NULL OR p.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR z.id = :zone_id)
