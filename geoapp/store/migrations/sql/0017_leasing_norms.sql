-- Norms, holders and plots on offer, each found by itself, so that a park is judged without looking at every plot of it.

-- The projects of a plot.
CREATE INDEX ON project_plots (plot_id);
-- What is asked of plots on offer, which are few of all.
CREATE INDEX plot_versions_available ON plot_versions (plot_id) INCLUDE (id, valid, recorded, use_code, area_ha)
    WHERE state = 'available';

-- Norms that hold on the day: one for each sector, one for each land use, one for the rest. Where two speak of the same, the
-- surest is taken.
CREATE FUNCTION surest_norms_at(as_of date, known_at timestamptz)
RETURNS TABLE (use_code text, sector text, code text, m3_ha_day double precision, assumed boolean, quality text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (n.use_code, same_words(n.sector)) n.use_code, same_words(n.sector), n.code, n.m3_ha_day, n.assumed,
           n.quality
    FROM wastewater_norms_at(surest_norms_at.as_of, surest_norms_at.known_at) AS n
    ORDER BY n.use_code, same_words(n.sector), quality_rank(n.quality), n.code;
END;

-- The norm of land that can be let, as long as no project with a norm of its own holds it: that of the land use, else the
-- general one. No row: there is none.
CREATE FUNCTION use_norms_at(as_of date, known_at timestamptz)
RETURNS TABLE (use_code text, m3_ha_day double precision, assumed boolean, quality text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (lettable.use_code) lettable.use_code, n.m3_ha_day, n.assumed, n.quality
    FROM (VALUES ('SKK'), ('TMD')) AS lettable (use_code)
    JOIN surest_norms_at(use_norms_at.as_of, use_norms_at.known_at) AS n
      ON n.use_code = lettable.use_code OR (n.use_code IS NULL AND n.sector IS NULL)
    ORDER BY lettable.use_code, n.use_code NULLS LAST;
END;

-- The sector of the project that holds most of a plot. Args: among - parks, null for all.
CREATE FUNCTION plot_sectors_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (plot_id integer, sector text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (pair.plot_id) pair.plot_id, project.sector
    FROM project_plots AS pair
    JOIN plots AS held ON held.id = pair.plot_id
    JOIN project_plot_versions AS link ON link.project_plot_id = pair.id
    JOIN project_versions AS project ON project.project_id = pair.project_id
    WHERE link.valid @> plot_sectors_at.as_of AND link.recorded @> plot_sectors_at.known_at
      AND project.valid @> plot_sectors_at.as_of AND project.recorded @> plot_sectors_at.known_at
      AND project.state <> 'ended'
      AND (plot_sectors_at.among IS NULL OR held.park_id = ANY (plot_sectors_at.among))
    ORDER BY pair.plot_id, link.area_ha DESC NULLS FIRST, pair.project_id;
END;

-- As before, with norms and holders from the functions above.
CREATE OR REPLACE FUNCTION plot_discharge_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (plot_id integer, park_id integer, use_code text, state text, area_ha double precision, sector text,
               norm_code text, norm_basis text, norm_m3_ha_day double precision, norm_assumed boolean, norm_quality text,
               discharge_m3_day double precision, quality text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH norm AS (
        SELECT * FROM surest_norms_at(plot_discharge_at.as_of, plot_discharge_at.known_at)
    )
    SELECT v.plot_id, p.park_id, v.use_code, v.state, v.area_ha, holder.sector,
           coalesce(of_sector.code, of_use.code, general.code),
           CASE WHEN of_sector.code IS NOT NULL THEN 'sector' WHEN of_use.code IS NOT NULL THEN 'land_use'
                WHEN general.code IS NOT NULL THEN 'general' ELSE 'no_data' END,
           coalesce(of_sector.m3_ha_day, of_use.m3_ha_day, general.m3_ha_day),
           CASE WHEN of_sector.code IS NOT NULL THEN of_sector.assumed WHEN of_use.code IS NOT NULL THEN of_use.assumed
                ELSE general.assumed END,
           coalesce(of_sector.quality, of_use.quality, general.quality),
           v.area_ha * coalesce(of_sector.m3_ha_day, of_use.m3_ha_day, general.m3_ha_day), v.quality::text
    FROM plot_versions AS v
    JOIN plots AS p ON p.id = v.plot_id
    LEFT JOIN plot_sectors_at(plot_discharge_at.as_of, plot_discharge_at.known_at, plot_discharge_at.among) AS holder
      ON holder.plot_id = v.plot_id
    LEFT JOIN norm AS of_sector ON of_sector.sector = same_words(holder.sector)
    LEFT JOIN norm AS of_use ON of_use.use_code = v.use_code
    LEFT JOIN norm AS general ON general.use_code IS NULL AND general.sector IS NULL
    WHERE v.valid @> plot_discharge_at.as_of AND v.recorded @> plot_discharge_at.known_at
      AND v.use_code IN ('SKK', 'TMD')
      AND (plot_discharge_at.among IS NULL OR p.park_id = ANY (plot_discharge_at.among));
END;

-- Norms of sectors by the words in which projects write them; no row, and no project read, where no sector has a norm.
CREATE FUNCTION sector_norms_at(as_of date, known_at timestamptz)
RETURNS TABLE (sector text, m3_ha_day double precision, assumed boolean, quality text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH norm AS MATERIALIZED (
        SELECT * FROM surest_norms_at(sector_norms_at.as_of, sector_norms_at.known_at) AS n WHERE n.sector IS NOT NULL
    )
    SELECT written.sector, norm.m3_ha_day, norm.assumed, norm.quality
    FROM (SELECT DISTINCT project.sector FROM project_versions AS project WHERE EXISTS (SELECT FROM norm)) AS written
    JOIN norm ON norm.sector = same_words(written.sector);
END;

-- Land whose holder has a norm of its own, added up by park, land use and state. Where no sector has a norm, no plot is read.
CREATE FUNCTION sector_discharge_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (park_id integer, use_code text, state text, plots bigint, area_ha numeric, discharge_m3_day double precision,
               assumed boolean, norm_rank integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH norm AS MATERIALIZED (
        SELECT * FROM sector_norms_at(sector_discharge_at.as_of, sector_discharge_at.known_at)
    )
    SELECT held.park_id, held.use_code, held.state, count(*), sum(held.area_ha),
           sum(held.area_ha::double precision * held.m3_ha_day), bool_or(held.assumed), max(quality_rank(held.quality))
    FROM (
        -- Joined from the left, and filtered outside: how many plots hold a sector with a norm cannot be foreseen, and a
        -- plan for a few would look each of thousands up by itself.
        SELECT p.park_id, v.use_code, v.state, round(v.area_ha::numeric, 4) AS area_ha, norm.m3_ha_day, norm.assumed,
               norm.quality
        FROM plot_sectors_at(sector_discharge_at.as_of, sector_discharge_at.known_at, sector_discharge_at.among) AS holder
        JOIN plot_versions AS v ON v.plot_id = holder.plot_id
        JOIN plots AS p ON p.id = v.plot_id
        LEFT JOIN norm ON norm.sector = holder.sector
        WHERE v.valid @> sector_discharge_at.as_of AND v.recorded @> sector_discharge_at.known_at
          AND v.use_code IN ('SKK', 'TMD') AND EXISTS (SELECT FROM norm)
        OFFSET 0
    ) AS held
    WHERE held.m3_ha_day IS NOT NULL
    GROUP BY held.park_id, held.use_code, held.state;
END;

-- Plots on offer with what they will give by the norms. A plot on offer is seldom held by a project, so it is asked one by one
-- which, and only where a sector has a norm of its own. Args: among - parks, null for all.
CREATE FUNCTION offered_plots_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (version_id integer, plot_id integer, park_id integer, area_ha numeric, discharge_m3_day double precision)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH norm AS MATERIALIZED (
        SELECT * FROM sector_norms_at(offered_plots_at.as_of, offered_plots_at.known_at)
    )
    SELECT v.id, v.plot_id, p.park_id, round(v.area_ha::numeric, 4),
           v.area_ha * coalesce(
               CASE WHEN EXISTS (SELECT FROM norm) THEN (
                   SELECT norm.m3_ha_day
                   FROM plot_sectors_at(offered_plots_at.as_of, offered_plots_at.known_at, NULL) AS holder
                   JOIN norm ON norm.sector = holder.sector
                   WHERE holder.plot_id = v.plot_id) END,
               of_use.m3_ha_day)
    FROM plot_versions AS v
    JOIN plots AS p ON p.id = v.plot_id
    LEFT JOIN use_norms_at(offered_plots_at.as_of, offered_plots_at.known_at) AS of_use ON of_use.use_code = v.use_code
    WHERE v.state = 'available' AND v.use_code IN ('SKK', 'TMD')
      AND v.valid @> offered_plots_at.as_of AND v.recorded @> offered_plots_at.known_at
      AND (offered_plots_at.among IS NULL OR p.park_id = ANY (offered_plots_at.among));
END;
