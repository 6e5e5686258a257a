-- Pictures from space or from the air: what is registered, when it was taken, and how it is shown. The pixels are files
-- beside the database, named by the code of their scene; the code is made of what the file holds, so it never means another.

ALTER TABLE batches DROP CONSTRAINT batches_dataset_check;
ALTER TABLE batches ADD CONSTRAINT batches_dataset_check CHECK (dataset IN ('registry', 'demo', 'board', 'imagery'));

CREATE TABLE imagery_scenes (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code slug NOT NULL UNIQUE
);
CREATE TABLE imagery_scene_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scene_id integer NOT NULL REFERENCES imagery_scenes,
    title_vi text NOT NULL CHECK (title_vi <> ''),
    title_en text NOT NULL CHECK (title_en <> ''),
    acquired_on date NOT NULL,
    file_name text NOT NULL,
    file_sha256 text NOT NULL CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
    source_crs text NOT NULL,
    cog_sha256 text NOT NULL CHECK (cog_sha256 ~ '^[0-9a-f]{64}$'),
    cog_bytes bigint NOT NULL CHECK (cog_bytes > 0),
    max_zoom integer NOT NULL CHECK (max_zoom BETWEEN 0 AND 22),
    pixel_size_m double precision NOT NULL CHECK (pixel_size_m > 0),
    pixel_type text NOT NULL,
    band_names text[] NOT NULL CHECK (cardinality(band_names) >= 1),
    shown_bands integer[] NOT NULL CHECK (cardinality(shown_bands) IN (1, 3)),
    stretch_low double precision[] NOT NULL CHECK (cardinality(stretch_low) = cardinality(shown_bands)),
    stretch_high double precision[] NOT NULL CHECK (cardinality(stretch_high) = cardinality(shown_bands)),
    -- Of the valid pixels. Not held to Viet Nam: a scene from elsewhere is taken where the operator says so.
    geom geometry(MultiPolygon, 4326) NOT NULL CHECK (ST_IsValid(geom) AND NOT ST_IsEmpty(geom))
);
COMMENT ON COLUMN imagery_scene_versions.stretch_low IS 'of each shown band the value shown as 0: 2 % of the valid pixels are at most that';
CALL add_history('imagery_scene_versions', 'scene_id');
ALTER TABLE imagery_scene_versions ADD CHECK (lower(valid) = acquired_on AND upper_inf(valid));
CREATE INDEX ON imagery_scene_versions USING gist (geom);
CALL watch_table('imagery_scenes');
CALL watch_table('imagery_scene_versions');

CREATE FUNCTION imagery_at(as_of date, known_at timestamptz)
RETURNS TABLE (code text, title_vi text, title_en text, acquired_on date, cog_sha256 text, max_zoom integer,
               pixel_size_m double precision, band_names text[], shown_bands integer[], geom geometry, quality text,
               source_key text, source_title text, note text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.code::text, v.title_vi, v.title_en, v.acquired_on, v.cog_sha256, v.max_zoom, v.pixel_size_m, v.band_names,
           v.shown_bands, v.geom::geometry, v.quality::text, o.key, o.title, v.note
    FROM imagery_scene_versions AS v JOIN imagery_scenes AS s ON s.id = v.scene_id JOIN sources AS o ON o.id = v.source_id
    WHERE v.valid @> imagery_at.as_of AND v.recorded @> imagery_at.known_at;
END;

GRANT SELECT ON imagery_scenes, imagery_scene_versions TO geoapp_map;
