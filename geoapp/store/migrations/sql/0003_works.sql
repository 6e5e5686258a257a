-- What happens inside the parks: plots, projects and the plots they hold, clearance, infrastructure, wastewater.

CREATE TABLE plots (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    park_id integer NOT NULL REFERENCES parks,
    code text NOT NULL CHECK (code <> ''),
    UNIQUE (park_id, code)
);
CREATE TABLE plot_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plot_id integer NOT NULL REFERENCES plots,
    block text,
    use_code text NOT NULL CHECK (use_code IN ('SKK', 'TMD', 'DKV', 'DGT', 'DNL', 'DRA', 'MNC')),
    state text NOT NULL CHECK (state IN ('not_cleared', 'cleared', 'available', 'reserved', 'leased', 'building',
                                         'operating', 'shared')),
    approximate boolean NOT NULL,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    area_ha double precision NOT NULL GENERATED ALWAYS AS (ST_Area(geom::geography) / 10000) STORED,
    geom_3857 geometry(MultiPolygon, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED
);
CREATE INDEX ON plot_versions USING gist (geom_3857);

CREATE TABLE projects (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code slug NOT NULL UNIQUE
);
CREATE TABLE project_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id integer NOT NULL REFERENCES projects,
    name text NOT NULL,
    park_id integer REFERENCES parks,
    zone_id integer REFERENCES zones,
    investor text,
    sector text,
    land_ha hectares,
    capital_vnd_bn double precision CHECK (capital_vnd_bn >= 0),
    capital_usd_m double precision CHECK (capital_usd_m >= 0),
    capital_note text,
    licensed_on date,
    licensed_note text,
    state text NOT NULL CHECK (state IN ('registered', 'building', 'operating', 'stalled', 'ended')),
    state_note text,
    CHECK (park_id IS NOT NULL OR zone_id IS NOT NULL)
);
CREATE TABLE project_plots (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id integer NOT NULL REFERENCES projects,
    plot_id integer NOT NULL REFERENCES plots,
    UNIQUE (project_id, plot_id)
);
CREATE TABLE project_plot_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_plot_id integer NOT NULL REFERENCES project_plots,
    area_ha hectares
);

CREATE TABLE clearance_areas (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    park_id integer NOT NULL REFERENCES parks,
    code text NOT NULL CHECK (code <> ''),
    UNIQUE (park_id, code)
);
CREATE TABLE clearance_area_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    clearance_area_id integer NOT NULL REFERENCES clearance_areas,
    stage text CHECK (stage ~ '^C[0-9]$'),
    obstacle text CHECK (obstacle IN ('planning', 'investment_policy', 'clearance', 'land', 'construction',
                                      'environment_fire', 'finance_market')),
    obstacle_note text,
    households integer CHECK (households >= 0),
    households_paid integer CHECK (households_paid >= 0),
    approximate boolean NOT NULL,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    area_ha double precision NOT NULL GENERATED ALWAYS AS (ST_Area(geom::geography) / 10000) STORED,
    geom_3857 geometry(MultiPolygon, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
    CHECK (households_paid <= households)
);

CREATE TABLE infrastructure_items (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    park_id integer NOT NULL REFERENCES parks,
    code text NOT NULL CHECK (code <> ''),
    UNIQUE (park_id, code)
);
CREATE TABLE infrastructure_item_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    infrastructure_item_id integer NOT NULL REFERENCES infrastructure_items,
    kind text NOT NULL CHECK (kind IN ('levelling', 'roads', 'power', 'water_supply', 'rainwater', 'sewerage',
                                       'wastewater_plant', 'telecom', 'fire_safety', 'greenery')),
    name_vi text NOT NULL,
    name_en text NOT NULL,
    state text NOT NULL CHECK (state IN ('none', 'preparing', 'building', 'complete', 'in_use')),
    progress_pct per_cent,
    planned_value_vnd_bn double precision CHECK (planned_value_vnd_bn >= 0),
    approximate boolean NOT NULL,
    geom geometry(Geometry, 4326) NOT NULL,
    geom_3857 geometry(Geometry, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED
);

CREATE TABLE wastewater_plants (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    park_id integer NOT NULL REFERENCES parks,
    code text NOT NULL CHECK (code <> ''),
    UNIQUE (park_id, code)
);
CREATE TABLE wastewater_plant_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    wastewater_plant_id integer NOT NULL REFERENCES wastewater_plants,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    state text NOT NULL CHECK (state IN ('none', 'planned', 'building', 'trial', 'operating', 'suspended')),
    capacity_m3_day double precision CHECK (capacity_m3_day > 0),
    discharge_column text CHECK (discharge_column IN ('A', 'B', 'C')),
    kq double precision CHECK (kq > 0),
    kf double precision CHECK (kf > 0),
    permit_granted boolean,
    permit_no text,
    permit_from date,
    permit_to date,
    monitoring_connected boolean,
    approximate boolean NOT NULL,
    geom geometry(Point, 4326),
    CHECK (permit_to >= permit_from),
    CHECK (permit_granted OR permit_from IS NULL)
);

CREATE TABLE discharge_parameters (
    code text PRIMARY KEY,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    unit text NOT NULL
);
CREATE TABLE discharge_limits (
    standard text NOT NULL,
    discharge_column text NOT NULL CHECK (discharge_column IN ('A', 'B', 'C')),
    parameter text NOT NULL REFERENCES discharge_parameters,
    lower double precision,
    upper double precision,
    scaled boolean NOT NULL,
    verified boolean NOT NULL,
    PRIMARY KEY (standard, discharge_column, parameter)
);
COMMENT ON TABLE discharge_limits IS
    'Values C of QCVN 40:2011/BTNMT, table 1; scaled: times Kq and Kf. The figures of QCVN 40:2025 were not seen, so none are here';

CREATE TABLE permit_limits (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    wastewater_plant_id integer NOT NULL REFERENCES wastewater_plants,
    parameter text NOT NULL REFERENCES discharge_parameters,
    UNIQUE (wastewater_plant_id, parameter)
);
CREATE TABLE permit_limit_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    permit_limit_id integer NOT NULL REFERENCES permit_limits,
    lower double precision,
    upper double precision,
    CHECK (lower <= upper),
    CHECK (lower IS NOT NULL OR upper IS NOT NULL)
);

CREATE TABLE wastewater_readings (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    wastewater_plant_id integer NOT NULL REFERENCES wastewater_plants,
    measured_on date NOT NULL,
    parameter text NOT NULL REFERENCES discharge_parameters,
    value double precision NOT NULL CHECK (value >= 0),
    confirmed boolean,
    recorded tstzrange NOT NULL DEFAULT tstzrange(now(), NULL) CHECK (NOT lower_inf(recorded)),
    quality quality NOT NULL,
    source_id integer NOT NULL REFERENCES sources,
    batch_id integer NOT NULL REFERENCES batches,
    note text
);
COMMENT ON COLUMN wastewater_readings.confirmed IS 'an exceedance is confirmed; null: not examined';
CREATE UNIQUE INDEX wastewater_readings_one_current
    ON wastewater_readings (wastewater_plant_id, measured_on, parameter, source_id) WHERE upper_inf(recorded);
CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON wastewater_readings
    FOR EACH ROW EXECUTE FUNCTION keep_history();

DO $$
DECLARE
    part text;
BEGIN
    CALL add_history('plot_versions', 'plot_id');
    CALL add_history('project_versions', 'project_id');
    CALL add_history('project_plot_versions', 'project_plot_id');
    CALL add_history('clearance_area_versions', 'clearance_area_id');
    CALL add_history('infrastructure_item_versions', 'infrastructure_item_id');
    CALL add_history('wastewater_plant_versions', 'wastewater_plant_id');
    CALL add_history('permit_limit_versions', 'permit_limit_id');
    FOREACH part IN ARRAY ARRAY['plot_versions', 'clearance_area_versions', 'infrastructure_item_versions',
                                'wastewater_plant_versions'] LOOP
        CALL add_geometry_checks(part, 'geom');
    END LOOP;
END $$;

-- A plot lies in its park. The share that may lie outside is a product choice (table choices).
CREATE FUNCTION plots_outside(among integer[]) RETURNS text
LANGUAGE sql STABLE SET search_path = geoapp, public AS $$
    WITH allowed AS (SELECT value FROM choices WHERE key = 'plot_outside_park_share'),
    outside AS (
        SELECT park.slug, plot.code,
               round((100 * ST_Area(ST_Difference(version.geom_3857, outline.geom_3857))
                      / ST_Area(version.geom_3857))::numeric, 1) AS per_cent
        FROM plot_versions AS version
        JOIN plots AS plot ON plot.id = version.plot_id
        JOIN parks AS park ON park.id = plot.park_id
        JOIN park_outline_versions AS outline
          ON outline.park_id = plot.park_id AND outline.valid && version.valid AND upper_inf(outline.recorded)
        WHERE upper_inf(version.recorded) AND plot.park_id = ANY (among)
          AND NOT ST_CoveredBy(version.geom_3857, outline.geom_3857)
    )
    SELECT string_agg(format('%s of park %s lies %s %% outside it', code, slug, per_cent), '; ' ORDER BY slug, code)
    FROM (SELECT DISTINCT slug, code, per_cent FROM outside, allowed WHERE per_cent > 100 * allowed.value LIMIT 10) AS few
$$;

CREATE FUNCTION refuse_plots_outside() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
DECLARE
    found text;
BEGIN
    IF TG_TABLE_NAME = 'plot_versions' THEN
        found := plots_outside(ARRAY(SELECT DISTINCT plots.park_id FROM added JOIN plots ON plots.id = added.plot_id));
    ELSE
        found := plots_outside(ARRAY[NEW.park_id]);
    END IF;
    IF found IS NOT NULL THEN
        RAISE EXCEPTION 'plot %', found USING ERRCODE = 'check_violation', CONSTRAINT = 'plot_inside_park';
    END IF;
    RETURN NULL;
END $$;

-- Plots are checked as they come, set by set; a new outline only when the transaction ends, because a new survey
-- brings a new outline first and the plots that fit it after.
CREATE TRIGGER plot_inside_park AFTER INSERT ON plot_versions
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_plots_outside();
CREATE CONSTRAINT TRIGGER plot_inside_park AFTER INSERT ON park_outline_versions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_plots_outside();
