-- Projects of a park or of a zone, published ones first, at most so many (null: all); of_all is how many there are.
-- The union of the plots is not asked for: it costs more than all the rest.
SELECT p.code, p.name, p.investor, p.sector, p.land_ha, p.capital_vnd_bn, p.capital_usd_m, p.capital_note, p.licensed_on,
       p.licensed_note, p.state, p.state_note, p.quality, p.source_title, p.plot_count, count(*) OVER () AS of_all
FROM projects_at(:as_of, :known_at) AS p
WHERE (CAST(:park AS text) IS NOT NULL AND p.park_slug = :park) OR (CAST(:zone AS text) IS NOT NULL AND p.zone_slug = :zone)
ORDER BY quality_rank(p.quality), p.name COLLATE "C", p.code
LIMIT CAST(:most AS integer)
