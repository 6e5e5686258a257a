-- The plots of one day as plain tables, as one would make them for these servers: the columns of the layer, a key and a
-- spatial index, geometry in the reference system that is asked for, so that nothing has to be transformed.
CREATE SCHEMA :schema;
CREATE TABLE :schema.:features AS
SELECT row_number() OVER (ORDER BY t.park_slug, t.code)::integer AS id, t.park_slug, t.code, t.block, t.use_code AS use,
       t.state, t.area_ha AS area, t.approximate, t.quality, t.source_title AS source, t.source_key,
       t.valid_from AS observed_on, t.geom::geometry(MultiPolygon, 4326) AS geom
FROM geoapp.plots_at(:as_of, 'infinity') AS t;
ALTER TABLE :schema.:features ADD PRIMARY KEY (id);
CREATE INDEX ON :schema.:features USING gist (geom);

CREATE TABLE :schema.:tiles AS
SELECT f.id, f.park_slug, f.code, f.block, f.use, f.state, f.area, f.approximate, f.quality, f.source, f.observed_on,
       t.geom_3857::geometry(MultiPolygon, 3857) AS geom
FROM :schema.:features AS f JOIN geoapp.plots_at(:as_of, 'infinity') AS t ON t.park_slug = f.park_slug AND t.code = f.code;
ALTER TABLE :schema.:tiles ADD PRIMARY KEY (id);
CREATE INDEX ON :schema.:tiles USING gist (geom);
