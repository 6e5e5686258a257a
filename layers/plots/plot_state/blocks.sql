-- A block of plots in the state of most of its area (shared land decides only where there is nothing else), outlined as its plots are together.
SELECT g.park_slug || '/' || g.block AS id, g.park_slug, g.geom_3857, g.approximate, g.block AS name_vi, g.block AS name_en,
       g.state, g.plots AS things, g.area_ha, g.quality
FROM plot_groups_at(:as_of, :known_at) AS g
WHERE g.block IS NOT NULL AND g.geom_3857 && :box
  AND (CAST(:park_id AS integer) IS NULL OR g.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR g.park_id IN (
           SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
           WHERE z.id = :zone_id))
