-- A drawing judged: whether it is sound, and the park that most of it lies in, with the share inside it.
WITH drawn AS (SELECT ST_SetSRID(ST_GeomFromGeoJSON(:geometry), 4326) AS geom),
judged AS (SELECT geom, ST_IsValid(geom) AS is_valid FROM drawn)
SELECT judged.is_valid, park.park_id, park.share,
       CASE WHEN judged.is_valid THEN ST_Area(judged.geom::geography) ELSE 0 END AS area_m2
FROM judged LEFT JOIN LATERAL (
    SELECT p.park_id,
           CASE WHEN ST_Dimension(judged.geom) = 2 AND ST_Area(judged.geom) > 0
                THEN ST_Area(ST_Intersection(judged.geom, p.outline)) / ST_Area(judged.geom) ELSE 1 END AS share
    FROM parks_at(CAST(:as_of AS date), 'infinity') AS p
    WHERE judged.is_valid AND ST_Intersects(judged.geom, p.outline)
    ORDER BY share DESC, p.park_id LIMIT 1
) AS park ON true
