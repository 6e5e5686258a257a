-- One park.
SELECT p.*, ST_XMin(p.geom) AS west, ST_YMin(p.geom) AS south, ST_XMax(p.geom) AS east, ST_YMax(p.geom) AS north,
       ST_X(p.point) AS lon, ST_Y(p.point) AS lat,
       ARRAY(SELECT a.alias FROM park_aliases AS a WHERE a.park_id = p.park_id ORDER BY a.alias) AS aliases,
       ARRAY(SELECT c.name FROM park_communes AS c WHERE c.park_id = p.park_id AND c.era = 'old' ORDER BY c.name) AS old_communes,
       ARRAY(SELECT c.name FROM park_communes AS c WHERE c.park_id = p.park_id AND c.era = 'new' ORDER BY c.name) AS new_communes
FROM parks_at(:as_of, :known_at) AS p
WHERE p.slug = :slug
