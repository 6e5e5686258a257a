SELECT g.park_slug || '/' || g.block AS id, g.park_slug, g.geom_3857, g.approximate, g.block AS name_vi, g.block AS name_en,
       g.state, g.plots AS things, g.area_ha, g.quality, g.valid
FROM plot_groups_over(:known_at) AS g
WHERE g.block IS NOT NULL AND g.geom_3857 && :box
  AND (CAST(:park_id AS integer) IS NULL OR g.park_id = :park_id)
