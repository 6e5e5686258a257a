-- Projects of some parks or of a zone as a table: so many rows from a place in the order on, and over all that match how many
-- they are, their land and their plots. Only what is known is added up. A project without plots has no place on the map.
WITH in_view AS MATERIALIZED (
    SELECT DISTINCT pair.project_id
    FROM plot_versions AS plot
    JOIN project_plots AS pair ON pair.plot_id = plot.plot_id
    JOIN project_plot_versions AS link ON link.project_plot_id = pair.id
     AND link.valid @> CAST(:as_of AS date) AND link.recorded @> CAST(:known_at AS timestamptz)
    WHERE CAST(:west AS double precision) IS NOT NULL
      AND plot.geom_3857 && ST_Transform(ST_MakeEnvelope(:west, :south, :east, :north, 4326), 3857)
      AND plot.valid @> CAST(:as_of AS date) AND plot.recorded @> CAST(:known_at AS timestamptz)
), project AS (
    SELECT j.project_id, j.code, j.name, j.park_slug, j.investor, j.sector, j.land_ha, j.capital_vnd_bn, j.capital_usd_m,
           j.capital_note, j.state, j.state_note, j.quality, j.source_key, j.source_title, j.valid_from, j.plot_count, j.plots_area_ha
    FROM projects_at(:as_of, :known_at) AS j
    WHERE (j.park_id = ANY (:parks) OR j.zone_slug = :zone)
      AND (CAST(:state AS text) IS NULL OR j.state = :state)
      AND (CAST(:only AS text) IS NULL OR j.code = :only)
      AND (CAST(:west AS double precision) IS NULL OR j.project_id IN (SELECT project_id FROM in_view))
), matching AS MATERIALIZED (
    SELECT project.*, name_key,
           CASE :sort WHEN 'land' THEN land_ha WHEN 'capital' THEN capital_vnd_bn WHEN 'capital_usd' THEN capital_usd_m
                      WHEN 'plots' THEN plot_count WHEN 'state' THEN array_position(:states, state) END AS number_key,
           CASE :sort WHEN 'name' THEN name_key WHEN 'investor' THEN natural_key(investor)
                      WHEN 'sector' THEN fold(sector) END AS text_key
    FROM project CROSS JOIN LATERAL (SELECT natural_key(name) AS name_key OFFSET 0) AS once
    WHERE CAST(:text AS text) IS NULL OR position(fold(:text) IN fold(concat_ws(' ', name, investor, sector, code))) > 0
), ranked AS (
    SELECT matching.*, number_key IS NULL AND text_key IS NULL AS is_unknown,
           row_number() OVER (ORDER BY number_key, text_key COLLATE "C", name_key COLLATE "C", project_id) AS place
    FROM matching
), total AS (
    SELECT count(*) AS matched, sum(land_ha) AS matched_ha, count(land_ha) AS with_land, bool_or(quality = 'demo') AS has_demo FROM matching
), page AS (
    SELECT * FROM ranked ORDER BY is_unknown, CASE WHEN :down THEN -place ELSE place END LIMIT CAST(:most AS integer) OFFSET :start
)
SELECT total.matched, total.matched_ha, total.with_land, total.has_demo, page.project_id, page.code, page.name, page.park_slug,
       page.investor, page.sector, page.land_ha, page.capital_vnd_bn, page.capital_usd_m, page.capital_note, page.state,
       page.state_note, page.quality, page.source_key, page.source_title, page.valid_from, page.plot_count, page.plots_area_ha,
       box.west, box.south, box.east, box.north
FROM total
LEFT JOIN page ON true
LEFT JOIN LATERAL (
    SELECT min(ST_XMin(plot.geom)) AS west, min(ST_YMin(plot.geom)) AS south, max(ST_XMax(plot.geom)) AS east,
           max(ST_YMax(plot.geom)) AS north
    FROM project_plots AS pair
    JOIN project_plot_versions AS link ON link.project_plot_id = pair.id
     AND link.valid @> CAST(:as_of AS date) AND link.recorded @> CAST(:known_at AS timestamptz)
    JOIN plot_versions AS plot ON plot.plot_id = pair.plot_id
     AND plot.valid @> CAST(:as_of AS date) AND plot.recorded @> CAST(:known_at AS timestamptz)
    WHERE pair.project_id = page.project_id
) AS box ON page.plot_count > 0
ORDER BY page.is_unknown, CASE WHEN :down THEN -page.place ELSE page.place END
