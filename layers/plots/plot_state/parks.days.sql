SELECT p.slug AS id, p.slug AS park_slug, p.geom_3857, p.approximate, p.name_vi, p.name_en, g.state, g.plots AS things,
       g.area_ha, g.quality, g.valid * p.valid AS valid
FROM plot_groups_over(:known_at) AS g
JOIN parks_over(:known_at) AS p ON p.park_id = g.park_id AND p.valid && g.valid
WHERE g.block IS NULL
  AND (CAST(:park_id AS integer) IS NULL OR g.park_id = :park_id)
