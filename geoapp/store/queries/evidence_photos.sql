-- Photos of what was sent, held against the land that was flagged, or that of the case they were added to: the drawing where
-- there is one, else the plots as they were then.
SELECT p.report_id, p.sha256, p.ordinal, p.bytes, p.name, p.media_type, p.width, p.height, p.arrived_at, p.taken_at,
       p.taken_zone_known, ST_X(p.geom) AS longitude, ST_Y(p.geom) AS latitude, p.accuracy_m, p.heading_deg,
       p.heading_magnetic, p.camera, ST_X(p.device_geom) AS device_longitude, ST_Y(p.device_geom) AS device_latitude,
       p.device_accuracy_m, p.device_at, r.observed_on, r.sent_at, r.reason, r.note, r.adds_to, r.person_id, who.name AS person_name,
       ST_Distance(p.geom::geography, flagged.geom::geography) AS distance_m,
       ST_Distance(p.device_geom::geography, flagged.geom::geography) AS device_distance_m,
       heading_off(p.geom, p.heading_deg, flagged.geom) AS heading_off_deg
FROM field_photos AS p JOIN field_reports AS r ON r.id = p.report_id JOIN people AS who ON who.id = r.person_id
LEFT JOIN cases AS land ON land.id = r.adds_to
CROSS JOIN LATERAL (
    SELECT coalesce(r.geom, land.geom, (
        SELECT ST_Union(plot.geom ORDER BY plot.plot_id)
        FROM plots_at(r.observed_on, 'infinity') AS plot JOIN (
            SELECT one.plot_id FROM field_report_plots AS one WHERE one.report_id = r.id
            UNION SELECT one.plot_id FROM case_plots AS one WHERE one.case_id = r.adds_to
        ) AS picked ON picked.plot_id = plot.plot_id
    )) AS geom
) AS flagged
WHERE p.arrived_at IS NOT NULL AND (r.id = CAST(:report AS uuid) OR r.case_id = :case_id)
ORDER BY r.announced_at, p.ordinal
