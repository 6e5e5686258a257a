-- Projects of a park or of a zone, published ones first, at most so many (null: all); of_all is how many there are.
-- Those that are listed are chosen first: what a project holds costs more than all the rest, and the union of its plots
-- is not asked for at all.
WITH listed AS MATERIALIZED (
    SELECT p.project_id, count(*) OVER () AS of_all
    FROM projects_at(:as_of, :known_at) AS p
    WHERE (CAST(:park AS text) IS NOT NULL AND p.park_slug = :park) OR (CAST(:zone AS text) IS NOT NULL AND p.zone_slug = :zone)
    ORDER BY quality_rank(p.quality), p.name COLLATE "C", p.code
    LIMIT CAST(:most AS integer)
)
SELECT p.code, p.name, p.investor, p.sector, p.land_ha, p.capital_vnd_bn, p.capital_usd_m, p.capital_note, p.licensed_on,
       p.licensed_note, p.state, p.state_note, p.quality, p.source_title, p.plot_count, listed.of_all
FROM listed
CROSS JOIN LATERAL (
    -- One by one, by its number: OFFSET keeps the planner from reckoning all of them to join them afterwards.
    SELECT one.* FROM projects_at(:as_of, :known_at) AS one WHERE one.project_id = listed.project_id OFFSET 0
) AS p
ORDER BY quality_rank(p.quality), p.name COLLATE "C", p.code
