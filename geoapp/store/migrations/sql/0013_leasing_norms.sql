-- How much wastewater a hectare gives in a day: norms with their source and history, and what every plot gives by them.

CREATE TABLE wastewater_norms (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code slug NOT NULL UNIQUE
);
CREATE TABLE wastewater_norm_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    wastewater_norm_id integer NOT NULL REFERENCES wastewater_norms,
    use_code text CHECK (use_code IN ('SKK', 'TMD', 'DKV', 'DGT', 'DNL', 'DRA', 'MNC')),
    sector text CHECK (sector <> ''),
    name_vi text NOT NULL,
    name_en text NOT NULL,
    m3_ha_day double precision NOT NULL CHECK (m3_ha_day > 0 AND m3_ha_day < 10000),
    assumed boolean NOT NULL,
    CHECK (use_code IS NULL OR sector IS NULL)
);
COMMENT ON TABLE wastewater_norm_versions IS
    'Wastewater in m³ a day for each hectare: of a sector, else of a land use, else (both empty) the general norm';
COMMENT ON COLUMN wastewater_norm_versions.assumed IS 'an assumption of our own, without an official text behind it';
CALL add_history('wastewater_norm_versions', 'wastewater_norm_id');
CALL watch_table('wastewater_norms');
CALL watch_table('wastewater_norm_versions');

ALTER TABLE wastewater_plant_versions ADD COLUMN expected_on date;
COMMENT ON COLUMN wastewater_plant_versions.expected_on IS 'day on which the plant is expected to operate';

CREATE FUNCTION wastewater_norms_at(as_of date, known_at timestamptz)
RETURNS TABLE (norm_id integer, code text, use_code text, sector text, name_vi text, name_en text,
               m3_ha_day double precision, assumed boolean, quality text, source_key text, source_title text, note text,
               valid_from date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT n.id, n.code::text, v.use_code, v.sector, v.name_vi, v.name_en, v.m3_ha_day, v.assumed, v.quality::text, s.key,
           s.title, v.note, lower(v.valid)
    FROM wastewater_norm_versions AS v
    JOIN wastewater_norms AS n ON n.id = v.wastewater_norm_id
    JOIN sources AS s ON s.id = v.source_id
    WHERE v.valid @> wastewater_norms_at.as_of AND v.recorded @> wastewater_norms_at.known_at;
END;

-- Sectors are compared as words: whatever their case, and however their accents are stored.
CREATE FUNCTION same_words(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT btrim(lower(normalize(words, NFC)));
END;

-- Plots that can be let (industry, trade and services) with what they give by the norms: that of the sector of the project
-- that holds most of the plot, else that of the land use, else the general one; norm_basis says which. Where two norms
-- speak of the same, the surest is taken. Args: among - parks, null for all.
CREATE FUNCTION plot_discharge_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (plot_id integer, park_id integer, use_code text, state text, area_ha double precision, sector text,
               norm_code text, norm_basis text, norm_m3_ha_day double precision, norm_assumed boolean, norm_quality text,
               discharge_m3_day double precision, quality text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH norm AS (
        SELECT DISTINCT ON (n.use_code, same_words(n.sector)) n.use_code, same_words(n.sector) AS sector, n.code,
               n.m3_ha_day, n.assumed, n.quality
        FROM wastewater_norms_at(plot_discharge_at.as_of, plot_discharge_at.known_at) AS n
        ORDER BY n.use_code, same_words(n.sector), quality_rank(n.quality), n.code
    ), holder AS (
        SELECT DISTINCT ON (pair.plot_id) pair.plot_id, project.sector
        FROM project_plots AS pair
        JOIN plots AS held ON held.id = pair.plot_id
        JOIN project_plot_versions AS link ON link.project_plot_id = pair.id
        JOIN project_versions AS project ON project.project_id = pair.project_id
        WHERE link.valid @> plot_discharge_at.as_of AND link.recorded @> plot_discharge_at.known_at
          AND project.valid @> plot_discharge_at.as_of AND project.recorded @> plot_discharge_at.known_at
          AND project.state <> 'ended'
          AND (plot_discharge_at.among IS NULL OR held.park_id = ANY (plot_discharge_at.among))
        ORDER BY pair.plot_id, link.area_ha DESC NULLS FIRST, pair.project_id
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
    LEFT JOIN holder ON holder.plot_id = v.plot_id
    LEFT JOIN norm AS of_sector ON of_sector.sector = same_words(holder.sector)
    LEFT JOIN norm AS of_use ON of_use.use_code = v.use_code
    LEFT JOIN norm AS general ON general.use_code IS NULL AND general.sector IS NULL
    WHERE v.valid @> plot_discharge_at.as_of AND v.recorded @> plot_discharge_at.known_at
      AND v.use_code IN ('SKK', 'TMD')
      AND (plot_discharge_at.among IS NULL OR p.park_id = ANY (plot_discharge_at.among));
END;
