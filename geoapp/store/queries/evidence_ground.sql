-- A park to be taken into the field: its outline and its plots as GeoJSON features, with the projects that hold them.
SELECT ST_AsGeoJSON(park.outline, 6) AS outline, park.approximate,
       coalesce((
           SELECT json_agg(json_build_object(
               'type', 'Feature', 'id', plot.code, 'geometry', CAST(ST_AsGeoJSON(plot.geom, 6) AS json),
               'properties', json_build_object('code', plot.code, 'state', plot.state, 'area_ha', round(plot.area_ha::numeric, 2),
                                               'approximate', plot.approximate, 'quality', plot.quality)) ORDER BY plot.code)
           FROM plots_at(CAST(:as_of AS date), 'infinity') AS plot WHERE plot.park_id = park.park_id
       ), '[]') AS plots
FROM parks_at(CAST(:as_of AS date), 'infinity') AS park WHERE park.park_id = :park_id
