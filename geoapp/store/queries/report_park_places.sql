-- Where the parks are: points, as WKB.
SELECT ST_AsBinary(coalesce(ST_PointOnSurface(p.outline), p.point)) AS place
FROM parks_at(:as_of, :known_at) AS p
ORDER BY p.park_id
