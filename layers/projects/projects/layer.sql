SELECT j.code AS id, j.park_slug, j.geom, true AS approximate, j.name, j.state, j.state_note, j.investor, j.sector,
       j.land_ha AS land, j.capital_vnd_bn AS capital_vnd, j.capital_usd_m AS capital_usd, j.capital_note, j.licensed_on,
       j.licensed_note, j.plot_count AS plots, j.plots_area_ha AS plots_area, j.note,
       j.quality, j.source_title AS source, j.source_key, j.valid_from AS observed_on
FROM projects_at(:as_of, :known_at) AS j
LEFT JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = j.park_id
LEFT JOIN zones AS z ON z.slug = coalesce(j.zone_slug, p.zone_slug)
WHERE (CAST(:park_id AS integer) IS NULL OR j.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR z.id = :zone_id)
