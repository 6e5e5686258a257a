SELECT slug, name_vi, name_en,
       (SELECT count(*) FROM plots_at(CAST(:as_of AS date), 'infinity') AS plot WHERE plot.park_id = park.park_id) AS plot_count
FROM parks_at(CAST(:as_of AS date), 'infinity') AS park
WHERE park.outline IS NOT NULL AND ((SELECT sees_all_parks()) OR park.park_id = ANY ((SELECT acting_parks())::integer[]))
