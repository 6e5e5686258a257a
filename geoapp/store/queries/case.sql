-- One case, with the box around its land.
SELECT r.*, opener.name AS opener,
       ST_XMin(box.geom) AS west, ST_YMin(box.geom) AS south, ST_XMax(box.geom) AS east, ST_YMax(box.geom) AS north,
       coalesce((SELECT array_agg(p.code ORDER BY natural_key(p.code)) FROM plots AS p WHERE p.id = ANY (r.plot_ids)), '{}')
           AS plots
FROM case_rows AS r
LEFT JOIN people AS opener ON opener.id = r.opened_by
LEFT JOIN LATERAL (
    SELECT coalesce(case_land(r.id), (SELECT geom FROM park_outline_versions AS o
                                      WHERE o.park_id = r.park_id AND upper_inf(o.recorded) ORDER BY o.valid DESC LIMIT 1)) AS geom
) AS box ON true
WHERE r.id = :case_id
