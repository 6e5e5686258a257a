-- Land and coast behind the layers, communes, the economic zone and its areas, parks with names, places and outlines.

CREATE TABLE land (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    source_id integer NOT NULL REFERENCES sources,
    batch_id integer NOT NULL REFERENCES batches
);
CREATE TABLE coast (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    geom geometry(MultiLineString, 4326) NOT NULL,
    source_id integer NOT NULL REFERENCES sources,
    batch_id integer NOT NULL REFERENCES batches
);
CREATE TABLE communes (
    code text PRIMARY KEY,
    name text NOT NULL,
    full_name text NOT NULL,
    kind text NOT NULL,
    area_km2 double precision CHECK (area_km2 > 0),
    old_province text NOT NULL,
    old_district text NOT NULL,
    formed_from text,
    geom geometry(Point, 4326) NOT NULL,
    source_id integer NOT NULL REFERENCES sources,
    batch_id integer NOT NULL REFERENCES batches
);

CREATE TABLE zones (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug slug NOT NULL UNIQUE
);
CREATE TABLE zone_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    zone_id integer NOT NULL REFERENCES zones,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    decision text,
    published_area_ha hectares,
    approximate boolean NOT NULL,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    area_ha double precision NOT NULL GENERATED ALWAYS AS (ST_Area(geom::geography) / 10000) STORED,
    geom_3857 geometry(MultiPolygon, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED
);
CREATE TABLE zone_areas (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    zone_id integer NOT NULL REFERENCES zones,
    code text NOT NULL,
    UNIQUE (zone_id, code)
);
CREATE TABLE zone_area_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    zone_area_id integer NOT NULL REFERENCES zone_areas,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    function text NOT NULL
        CHECK (function IN ('industry', 'port', 'power', 'urban', 'tourism', 'services', 'tidal_flats')),
    approximate boolean NOT NULL,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    area_ha double precision NOT NULL GENERATED ALWAYS AS (ST_Area(geom::geography) / 10000) STORED,
    geom_3857 geometry(MultiPolygon, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED
);

CREATE TABLE parks (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug slug NOT NULL UNIQUE
);
CREATE TABLE park_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    park_id integer NOT NULL REFERENCES parks,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    former_province text NOT NULL,
    zone_id integer REFERENCES zones,
    status text NOT NULL CHECK (status IN ('planned', 'preparing', 'building', 'operating')),
    infrastructure_investor text,
    established text,
    location_vi text,
    location_basis text NOT NULL,
    geom geometry(Point, 4326) NOT NULL
);
CREATE TABLE park_outline_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    park_id integer NOT NULL REFERENCES parks,
    approximate boolean NOT NULL,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    area_ha double precision NOT NULL GENERATED ALWAYS AS (ST_Area(geom::geography) / 10000) STORED,
    geom_3857 geometry(MultiPolygon, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED
);
CREATE TABLE park_aliases (
    park_id integer NOT NULL REFERENCES parks,
    alias text NOT NULL,
    source_id integer NOT NULL REFERENCES sources,
    batch_id integer NOT NULL REFERENCES batches,
    PRIMARY KEY (park_id, alias)
);
CREATE TABLE park_communes (
    park_id integer NOT NULL REFERENCES parks,
    era text NOT NULL CHECK (era IN ('old', 'new')),
    name text NOT NULL,
    commune_code text REFERENCES communes,
    source_id integer NOT NULL REFERENCES sources,
    batch_id integer NOT NULL REFERENCES batches,
    PRIMARY KEY (park_id, era, name)
);

DO $$
DECLARE
    part text;
BEGIN
    CALL add_history('zone_versions', 'zone_id');
    CALL add_history('zone_area_versions', 'zone_area_id');
    CALL add_history('park_versions', 'park_id');
    CALL add_history('park_outline_versions', 'park_id');
    FOREACH part IN ARRAY ARRAY['land', 'coast', 'communes', 'zone_versions', 'zone_area_versions', 'park_versions',
                                'park_outline_versions'] LOOP
        CALL add_geometry_checks(part, 'geom');
    END LOOP;
END $$;
