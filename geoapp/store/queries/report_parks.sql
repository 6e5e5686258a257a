-- Every park: where it stands, and the best of its wastewater plants.
SELECT p.park_id, p.slug::text AS slug, p.name_vi, p.name_en, p.status, p.quality, p.source_title, p.zone_slug,
       w.capacity_m3_day, w.load_m3_day, w.standard_met, w.plant_ids, w.operating, w.connected, w.quality AS plant_quality,
       w.sources AS plant_sources, w.load_on
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN LATERAL (
    SELECT sum(one.capacity_m3_day) FILTER (WHERE one.state = 'operating') AS capacity_m3_day,
           sum(one.load_m3_day) FILTER (WHERE one.state = 'operating' AND NOT coalesce(one.load_is_stale, true)) AS load_m3_day,
           max(one.load_on) FILTER (WHERE one.state = 'operating') AS load_on,
           count(*) FILTER (WHERE one.state = 'operating') AS operating,
           count(*) FILTER (WHERE one.state = 'operating' AND one.monitoring_connected) AS connected,
           (ARRAY['met', 'no_data', 'not_met', 'not_operating'])[
               min(array_position(ARRAY['met', 'no_data', 'not_met', 'not_operating'], one.standard_met))] AS standard_met,
           array_agg(one.plant_id ORDER BY one.plant_id) AS plant_ids,
           (ARRAY['official', 'published', 'estimated', 'demo'])[max(quality_rank(one.quality))] AS quality,
           array_agg(DISTINCT one.source_title) AS sources
    FROM wastewater_plants_at(:as_of, :known_at) AS one WHERE one.park_id = p.park_id
    HAVING count(*) > 0
) AS w ON true
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
