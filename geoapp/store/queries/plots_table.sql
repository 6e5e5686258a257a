-- Plots of some parks as a table: so many rows from a place in the order on, and over all that match how many they are and
-- how many hectares. Codes are ordered as people count (A2 before A10); what is not known comes last either way.
WITH held AS (
    SELECT pair.plot_id, string_agg(v.name, ', ' ORDER BY p.code) AS project, array_agg(p.code::text ORDER BY p.code) AS projects,
           string_agg(v.investor, ', ' ORDER BY p.code) AS investor
    FROM plots AS plot
    JOIN project_plots AS pair ON pair.plot_id = plot.id
    JOIN project_plot_versions AS link ON link.project_plot_id = pair.id
     AND link.valid @> CAST(:as_of AS date) AND link.recorded @> CAST(:known_at AS timestamptz)
    JOIN project_versions AS v ON v.project_id = pair.project_id
     AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
    JOIN projects AS p ON p.id = pair.project_id
    WHERE plot.park_id = ANY (:parks)
    GROUP BY pair.plot_id
), plot AS (
    SELECT t.plot_id, t.park_slug, t.code, t.block, t.use_code, t.state, t.area_ha, t.approximate, t.quality, t.source_key,
           t.source_title, t.valid_from, held.project, held.projects, held.investor, t.geom, named.code_key
    FROM plots_at(:as_of, :known_at) AS t
    JOIN plots AS named ON named.id = t.plot_id
    LEFT JOIN held ON held.plot_id = t.plot_id
    WHERE t.park_id = ANY (:parks)
      AND (CAST(:state AS text) IS NULL OR t.state = :state)
      AND (CAST(:only AS text) IS NULL OR t.code = :only)
      AND (CAST(:west AS double precision) IS NULL
           OR t.geom_3857 && ST_Transform(ST_MakeEnvelope(:west, :south, :east, :north, 4326), 3857))
), matching AS MATERIALIZED (
    SELECT plot.*,
           CASE :sort WHEN 'area' THEN area_ha
                      WHEN 'since' THEN CAST(extract(epoch FROM valid_from) AS double precision)
                      WHEN 'state' THEN array_position(:states, state) END AS number_key,
           CASE :sort WHEN 'block' THEN natural_key(block) WHEN 'use' THEN use_code WHEN 'project' THEN natural_key(project)
                      WHEN 'code' THEN code_key END AS text_key
    FROM plot
    WHERE CAST(:text AS text) IS NULL
       OR position(fold(:text) IN fold(concat_ws(' ', code, block, project, investor))) > 0
), ranked AS (
    SELECT matching.*, number_key IS NULL AND text_key IS NULL AS is_unknown,
           row_number() OVER (ORDER BY number_key, text_key COLLATE "C", code_key COLLATE "C", park_slug COLLATE "C", plot_id) AS place
    FROM matching
), total AS (
    SELECT count(*) AS matched, coalesce(sum(area_ha), 0) AS matched_ha, bool_or(quality = 'demo') AS has_demo FROM matching
), page AS (
    SELECT * FROM ranked ORDER BY is_unknown, CASE WHEN :down THEN -place ELSE place END LIMIT CAST(:most AS integer) OFFSET :start
)
SELECT total.matched, total.matched_ha, total.has_demo, page.plot_id, page.park_slug, page.code, page.block, page.use_code,
       page.state, page.area_ha, page.approximate, page.quality, page.source_key, page.source_title, page.valid_from,
       page.project, page.projects, ST_XMin(page.geom) AS west, ST_YMin(page.geom) AS south, ST_XMax(page.geom) AS east,
       ST_YMax(page.geom) AS north
FROM total LEFT JOIN page ON true
ORDER BY page.is_unknown, CASE WHEN :down THEN -page.place ELSE page.place END
