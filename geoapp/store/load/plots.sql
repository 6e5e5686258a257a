INSERT INTO plots (park_id, code)
SELECT DISTINCT p.id, s.code FROM stage_plots AS s JOIN parks AS p ON p.slug = s.park ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT plot.id AS plot_id, s.block, s.use_code, s.state, s.approximate, ST_Multi(s.geom) AS geom,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_plots AS s JOIN parks AS p ON p.slug = s.park JOIN plots AS plot ON plot.park_id = p.id AND plot.code = s.code
JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('plot_versions', 'plot_id', :batch);
