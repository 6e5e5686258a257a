-- Beside the plots of the peers: parks and land of one day as plain tables, the same for all who print them.
DROP TABLE IF EXISTS bench.parks, bench.land;
CREATE TABLE bench.parks AS
SELECT row_number() OVER (ORDER BY p.slug)::integer AS id, p.slug AS park_slug, p.name_vi, p.name_en, p.status,
       coalesce(p.approximate, true) AS approximate, p.quality, p.source_title AS source, p.source_key,
       CAST(NULL AS date) AS observed_on, p.outline::geometry(MultiPolygon, 4326) AS geom
FROM geoapp.parks_at(:as_of, 'infinity') AS p WHERE p.outline IS NOT NULL;
ALTER TABLE bench.parks ADD PRIMARY KEY (id);
CREATE INDEX ON bench.parks USING gist (geom);
CREATE TABLE bench.land AS
SELECT t.id::integer AS id, 'Đất liền'::text AS name_vi, 'Land'::text AS name_en, false AS approximate,
       'published'::text AS quality, s.title AS source, s.key AS source_key, CAST(NULL AS date) AS observed_on,
       ST_Multi(t.geom)::geometry(MultiPolygon, 4326) AS geom
FROM geoapp.land AS t JOIN geoapp.sources AS s ON s.id = t.source_id;
ALTER TABLE bench.land ADD PRIMARY KEY (id);
CREATE INDEX ON bench.land USING gist (geom);
