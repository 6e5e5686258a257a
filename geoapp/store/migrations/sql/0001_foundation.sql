-- Coordinate systems, the read-only role, sources, batches, and the words that all later tables share.

-- In "public", where other programs look for them; the schema of the program can then be dropped and restored alone.
CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;

-- The provincial VN-2000 zones EPSG:9205-9218 are missing from PostGIS 3.3. The datum shift is the official one of
-- Decision 05/2007/QD-BTNMT; TOWGS84 wants the position-vector form, so the three rotations have their signs flipped.
INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, proj4text, srtext)
SELECT zone.srid, 'EPSG', zone.srid,
       format('+proj=tmerc +lat_0=0 +lon_0=%s +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +towgs84=%s +units=m +no_defs',
              zone.meridian, shift.towgs84),
       format('PROJCS["VN-2000 / TM-3 %s",GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563,'
              'AUTHORITY["EPSG","7030"]],TOWGS84[%s],AUTHORITY["EPSG","6756"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
              'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4756"]],'
              'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",%s],'
              'PARAMETER["scale_factor",0.9999],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],'
              'UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","%s"]]',
              zone.name, shift.towgs84, zone.meridian, zone.srid)
FROM (VALUES
        (9205, '103-00', 103.0), (9206, '104-00', 104.0), (9207, '104-30', 104.5), (9208, '104-45', 104.75),
        (9209, '105-30', 105.5), (9210, '105-45', 105.75), (9211, '106-00', 106.0), (9212, '106-15', 106.25),
        (9213, '106-30', 106.5), (9214, '107-00', 107.0), (9215, '107-15', 107.25), (9216, '107-30', 107.5),
        (9217, '108-15', 108.25), (9218, '108-30', 108.5)
     ) AS zone (srid, name, meridian),
     (VALUES ('-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278'))
        AS shift (towgs84)
ON CONFLICT (srid) DO NOTHING;

-- Every map route works as this role: it can read and nothing else. Settings that belong to it (time limit, no JIT,
-- no parallel workers) are set by the connection, because SET ROLE does not apply settings kept on a role.
-- Roles are of the whole server: another database may be made on it at the same moment.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'geoapp_map') THEN
        CREATE ROLE geoapp_map NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$;
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'geoapp_map', 'MEMBER') THEN
        EXECUTE format('GRANT geoapp_map TO %I', current_user);
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$;
GRANT USAGE ON SCHEMA geoapp TO geoapp_map;
ALTER DEFAULT PRIVILEGES IN SCHEMA geoapp GRANT SELECT ON TABLES TO geoapp_map;

CREATE DOMAIN quality AS text CHECK (VALUE IN ('official', 'published', 'estimated', 'demo'));
CREATE DOMAIN per_cent AS double precision CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN hectares AS double precision CHECK (VALUE >= 0 AND VALUE < 1e7);
CREATE DOMAIN slug AS text CHECK (VALUE ~ '^[a-z0-9]+(-[a-z0-9]+)*$');

CREATE FUNCTION quality_rank(quality text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT array_position(ARRAY['official', 'published', 'estimated', 'demo'], quality);
END;

CREATE TABLE sources (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE CHECK (key <> ''),
    title text NOT NULL CHECK (title <> ''),
    publisher text,
    published text,
    address text,
    licence text,
    note text
);
COMMENT ON TABLE sources IS 'Where figures come from';

CREATE TABLE batches (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dataset text NOT NULL CHECK (dataset IN ('registry', 'demo', 'board')),
    title text NOT NULL,
    loaded_by text NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    digest text NOT NULL,
    files jsonb NOT NULL DEFAULT '{}',
    source_crs text
);
COMMENT ON TABLE batches IS 'One row per load: who brought what in, when, from which files in which CRS';
COMMENT ON COLUMN batches.digest IS 'SHA-256 over the files, so that the same bundle is not stored twice';

CREATE TABLE choices (
    key text PRIMARY KEY,
    value double precision NOT NULL,
    unit text NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL
);
COMMENT ON TABLE choices IS 'Product choices that are not law: configurable, and shown as such';
INSERT INTO choices VALUES
    ('plot_outside_park_share', 0.01, 'share', 'Phần diện tích lô đất được phép nằm ngoài ranh giới khu',
     'Share of a plot that may lie outside its park'),
    ('wastewater_period_months', 3, 'month', 'Kỳ xét quan trắc nước thải', 'Period in which wastewater readings are judged');

CREATE TABLE indicators (
    code text PRIMARY KEY,
    unit text NOT NULL,
    lower double precision,
    upper double precision,
    is_share boolean NOT NULL,
    subject_kinds text[] NOT NULL,
    stale_after_months integer,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    definition_vi text NOT NULL,
    definition_en text NOT NULL
);
CREATE TABLE methods (
    indicator text NOT NULL REFERENCES indicators,
    code text NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    PRIMARY KEY (indicator, code)
);

-- Nothing is overwritten. A row may only be closed: the end of "recorded" is set once, all else stays as it was.
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
DECLARE
    computed text[] := ARRAY['recorded', 'geom_3857', 'area_ha', 'subject_id'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are never deleted; close them instead', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT upper_inf(OLD.recorded) OR lower(NEW.recorded) <> lower(OLD.recorded)
       OR (to_jsonb(NEW) - computed) <> (to_jsonb(OLD) - computed) THEN
        RAISE EXCEPTION 'rows of % are never changed; a correction is a new row', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- Adds to a table what every versioned table has: both clocks, quality, source, batch; that one thing has one version
-- at a time; that rows are only ever closed.
CREATE PROCEDURE add_history(versions text, thing text) LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    EXECUTE format(
        'ALTER TABLE %1$I
            ADD COLUMN valid daterange NOT NULL CHECK (NOT isempty(valid)),
            ADD COLUMN recorded tstzrange NOT NULL DEFAULT tstzrange(now(), NULL) CHECK (NOT lower_inf(recorded)),
            ADD COLUMN quality quality NOT NULL,
            ADD COLUMN source_id integer NOT NULL REFERENCES sources,
            ADD COLUMN batch_id integer NOT NULL REFERENCES batches,
            ADD COLUMN note text,
            ADD CONSTRAINT %1$s_one_at_a_time
                EXCLUDE USING gist (%2$I WITH =, valid WITH &&, recorded WITH &&)',
        versions, thing);
    EXECUTE format('CREATE INDEX ON %I (batch_id)', versions);
    EXECUTE format(
        'CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION keep_history()',
        versions);
END $$;

-- Adds the checks that every geometry column has: valid, not empty, inside 102-118 E, 4-24 N (so axes are not swapped).
CREATE PROCEDURE add_geometry_checks(tab text, col text) LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    EXECUTE format(
        'ALTER TABLE %1$I
            ADD CONSTRAINT %1$s_%2$s_valid CHECK (ST_IsValid(%2$I) AND NOT ST_IsEmpty(%2$I)),
            ADD CONSTRAINT %1$s_%2$s_in_viet_nam
                CHECK (ST_XMin(%2$I) >= 102 AND ST_XMax(%2$I) <= 118 AND ST_YMin(%2$I) >= 4 AND ST_YMax(%2$I) <= 24)',
        tab, col);
    EXECUTE format('CREATE INDEX ON %I USING gist (%I)', tab, col);
END $$;
