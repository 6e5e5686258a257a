-- A park in the state of most of its plots by area; shared land decides only where there is nothing else.
SELECT p.slug AS id, p.slug AS park_slug, p.geom_3857, p.approximate, p.name_vi, p.name_en, g.state, g.plots AS things,
       g.area_ha, g.quality
FROM plot_groups_at(:as_of, :known_at) AS g
JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = g.park_id
LEFT JOIN zones AS z ON z.slug = p.zone_slug
WHERE g.block IS NULL
  AND (CAST(:park_id AS integer) IS NULL OR g.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR z.id = :zone_id)
