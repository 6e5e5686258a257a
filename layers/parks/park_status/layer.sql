SELECT p.slug AS id, p.slug AS park_slug, p.geom, p.approximate, p.name_vi, p.name_en, p.status,
       p.infrastructure_investor AS developer, p.established, p.location_vi AS location, p.location_basis,
       p.outline_area_ha AS outline_area, p.outline_quality, p.note,
       p.quality, p.source_title AS source, p.source_key, p.valid_from AS observed_on
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN zones AS z ON z.slug = p.zone_slug
WHERE (CAST(:park_id AS integer) IS NULL OR p.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR z.id = :zone_id)
