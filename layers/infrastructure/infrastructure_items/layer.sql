SELECT i.park_slug || '/' || i.code AS id, i.park_slug, i.geom, i.approximate, i.name_vi, i.name_en, i.kind, i.state,
       i.progress_pct AS progress, i.planned_value_vnd_bn AS planned_value, i.note,
       i.quality, i.source_title AS source, i.source_key, i.valid_from AS observed_on
FROM infrastructure_items_at(:as_of, :known_at) AS i
WHERE (CAST(:park_id AS integer) IS NULL OR i.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR i.park_id IN (
           SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
           WHERE z.id = :zone_id))
