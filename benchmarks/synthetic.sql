-- Made-up data of any size for benchmarks and tests, marked as demonstration: parks with outlines, plots in blocks that
-- change over the months, projects on them, and the four figures of every park for every month. The same parameters
-- always give the same rows. Parameters: :plots, :parks, :months (the last month is 10/2026), :batch, :revised, :source.

CREATE FUNCTION pg_temp.dice(what text, salt text) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (('x' || substr(md5(what || '/' || salt), 1, 7))::bit(28)::integer) / 268435456.0 $$;

-- A number with at least two digits.
CREATE FUNCTION pg_temp.two(number integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT lpad(number::text, greatest(2, length(number::text)), '0') $$;

-- Days on which months begin: first, ..., the one after the last.
CREATE TEMPORARY TABLE s_month ON COMMIT DROP AS
SELECT n AS month, (DATE '2026-11-01' - make_interval(months => :months - n + 1))::date AS begins,
       (DATE '2026-11-01' - make_interval(months => :months - n))::date - 1 AS ends
FROM generate_series(1, :months) AS n;

INSERT INTO zones (slug) VALUES ('ninh-co');
INSERT INTO zone_versions (zone_id, name_vi, name_en, approximate, geom, valid, recorded, quality, source_id, batch_id)
SELECT id, 'KKT Ninh Cơ', 'Ninh Cơ Economic Zone', true,
       ST_Multi(ST_MakeEnvelope(105.50, 19.90, 105.72, 20.40, 4326)), '[2020-01-01,)', tstzrange('2026-11-02 08:00+07', NULL),
       'demo', :source, :batch
FROM zones WHERE slug = 'ninh-co';

-- Parks stand in rows of seven, 8 km apart; one is as large as its plots need: squares of 60 m, 25 to a block (five by
-- five), a road of 20 m around every block.
CREATE TEMPORARY TABLE s_park ON COMMIT DROP AS
SELECT n AS number, format('thu-%s', lpad(n::text, 3, '0')) AS slug,
       (:plots / :parks + (n <= :plots % :parks)::integer) AS plots,
       105.55 + 0.077 * ((n - 1) % 7) AS lon, 19.95 + 0.073 * ((n - 1) / 7) AS lat,
       (ARRAY['operating', 'operating', 'operating', 'building', 'preparing'])[1 + n % 5] AS status,
       pg_temp.dice(n::text, 'pace') AS pace
FROM generate_series(1, :parks) AS n;
ALTER TABLE s_park ADD COLUMN side integer;
UPDATE s_park SET side = greatest(ceil(sqrt(ceil(plots / 25.0))), 1);

INSERT INTO parks (slug) SELECT slug FROM s_park ORDER BY number;
INSERT INTO park_versions (park_id, name_vi, name_en, former_province, zone_id, status, location_vi, location_basis, geom,
                           valid, recorded, quality, source_id, batch_id)
SELECT p.id, 'KCN Thử nghiệm ' || s.number, 'Thử nghiệm ' || s.number || ' Industrial Park',
       (ARRAY['Ninh Bình', 'Hà Nam', 'Nam Định'])[1 + s.number % 3],
       CASE WHEN (s.number - 1) % 7 < 2 THEN (SELECT id FROM zones WHERE slug = 'ninh-co') END, s.status,
       'Xã Thử nghiệm', 'made up', ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326), '[2020-01-01,)',
       tstzrange('2026-11-02 08:00+07', NULL), 'demo', :source, :batch
FROM s_park AS s JOIN parks AS p ON p.slug = s.slug ORDER BY s.number;

-- The lower left corner of a park, and metres from there to degrees by way of web mercator.
ALTER TABLE s_park ADD COLUMN corner geometry;
UPDATE s_park SET corner = ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 3857);
CREATE FUNCTION pg_temp.cell(corner geometry, x double precision, y double precision, width double precision)
RETURNS geometry LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ST_Multi(ST_Transform(ST_MakeEnvelope(ST_X(corner) + x * 1.065, ST_Y(corner) + y * 1.065,
                                                ST_X(corner) + (x + width) * 1.065, ST_Y(corner) + (y + width) * 1.065,
                                                3857), 4326)) $$;
INSERT INTO park_outline_versions (park_id, approximate, geom, valid, recorded, quality, source_id, batch_id)
SELECT p.id, true, pg_temp.cell(s.corner, -40, -40, s.side * 320 + 60), '[2020-01-01,)',
       tstzrange('2026-11-02 08:00+07', NULL), 'demo', :source, :batch
FROM s_park AS s JOIN parks AS p ON p.slug = s.slug ORDER BY s.number;

-- Plots. "begun" is the month in which a plot is cleared; what follows comes some months later each, or never.
CREATE TEMPORARY TABLE s_plot ON COMMIT DROP AS
SELECT s.number AS park, s.slug, s.corner, s.status, n, (n - 1) / 25 AS block, (n - 1) % 25 AS place,
       ((n - 1) / 25) % s.side AS column_no, ((n - 1) / 25) / s.side AS row_no,
       format('B%s-%s', pg_temp.two((n - 1) / 25 + 1), pg_temp.two((n - 1) % 25 + 1)) AS code,
       format('%s/%s', s.slug, n) AS key, s.pace
FROM s_park AS s, generate_series(1, s.plots) AS n;
ALTER TABLE s_plot ADD COLUMN plot_id integer, ADD COLUMN use_code text, ADD COLUMN begun integer;
UPDATE s_plot SET use_code = CASE WHEN place < 20 THEN 'SKK' ELSE (ARRAY['TMD', 'DGT', 'DNL', 'DRA', 'MNC'])[place - 19] END,
                  begun = floor(:months * 1.4 * (0.3 * pace + 0.7 * pg_temp.dice(key, 'begun')))::integer - :months / 3;
INSERT INTO plots (park_id, code) SELECT p.id, s.code FROM s_plot AS s JOIN parks AS p ON p.slug = s.slug ORDER BY s.park, s.n;
UPDATE s_plot AS s SET plot_id = plot.id
FROM parks AS p JOIN plots AS plot ON plot.park_id = p.id WHERE p.slug = s.slug AND plot.code = s.code;

-- What a plot becomes and in which month; one in fifty is given back, one in twenty measured anew.
CREATE TEMPORARY TABLE s_change ON COMMIT DROP AS
SELECT s.plot_id, s.key, step.state, step.month
FROM s_plot AS s,
LATERAL (VALUES
    ('not_cleared', -1000), ('cleared', s.begun), ('available', s.begun + 3),
    ('reserved', CASE WHEN pg_temp.dice(s.key, 'reserved') < 0.5 THEN s.begun + 5 END),
    ('leased', CASE WHEN pg_temp.dice(s.key, 'leased') < 0.8 THEN s.begun + 7 END),
    ('available', CASE WHEN pg_temp.dice(s.key, 'leased') < 0.02 THEN s.begun + 9 END),
    ('building', CASE WHEN pg_temp.dice(s.key, 'leased') BETWEEN 0.02 AND 0.7 THEN s.begun + 12 END),
    ('operating', CASE WHEN pg_temp.dice(s.key, 'leased') BETWEEN 0.02 AND 0.6 THEN s.begun + 24 END)
) AS step (state, month)
WHERE s.use_code IN ('SKK', 'TMD') AND step.month <= :months
UNION ALL
SELECT plot_id, key, state, month FROM s_plot, LATERAL (VALUES ('not_cleared', -1000), ('shared', begun)) AS step (state, month)
WHERE use_code NOT IN ('SKK', 'TMD') AND month <= :months;
CREATE TEMPORARY TABLE s_span ON COMMIT DROP AS
SELECT plot_id, state, daterange(coalesce(b.begins, DATE '2020-01-01'), e.begins) AS valid
FROM (SELECT plot_id, state, greatest(month, 0) AS month,
             lead(greatest(month, 0)) OVER (PARTITION BY plot_id ORDER BY month, state) AS until FROM s_change) AS c
LEFT JOIN s_month AS b ON b.month = c.month LEFT JOIN s_month AS e ON e.month = c.until
WHERE c.until IS NULL OR c.until > c.month;

CREATE TEMPORARY TABLE s_measure ON COMMIT DROP AS
SELECT s.plot_id, s.use_code, 'B' || pg_temp.two(s.block + 1) AS block, m.valid,
       pg_temp.cell(s.corner, column_no * 320 + place % 5 * 60 + m.inset, row_no * 320 + place / 5 * 60 + m.inset,
                    58 - 2 * m.inset) AS geom
FROM s_plot AS s
LEFT JOIN s_month AS again ON again.month = floor(1 + :months * pg_temp.dice(s.key, 'month'))
                          AND pg_temp.dice(s.key, 'again') < 0.05 AND again.month > 1
CROSS JOIN LATERAL (
    SELECT daterange('2020-01-01', again.begins) AS valid, 0.0 AS inset
    UNION ALL SELECT daterange(again.begins, NULL), 1.5 WHERE again.begins IS NOT NULL
) AS m;
CREATE TEMPORARY TABLE s_version ON COMMIT DROP AS
SELECT m.plot_id, m.block, m.use_code, v.state, m.geom, m.valid * v.valid AS valid
FROM s_measure AS m JOIN s_span AS v ON v.plot_id = m.plot_id AND v.valid && m.valid;
ANALYZE s_version;

-- Two weeks after the first load one version in two hundred is found wrong and said anew.
INSERT INTO plot_versions (plot_id, block, use_code, state, approximate, geom, valid, recorded, quality, source_id, batch_id)
SELECT v.plot_id, v.block, v.use_code, c.state, true, v.geom, v.valid, c.recorded, 'demo', :source, c.batch
FROM s_version AS v
CROSS JOIN LATERAL (
    SELECT pg_temp.dice(v.plot_id::text, lower(v.valid)::text) < 0.005 AND v.state <> 'shared' AS is_wrong
) AS w
CROSS JOIN LATERAL (
    SELECT v.state AS state, tstzrange('2026-11-02 08:00+07', CASE WHEN w.is_wrong THEN timestamptz '2026-11-16 08:00+07' END)
               AS recorded, :batch AS batch
    UNION ALL
    SELECT CASE WHEN v.state = 'cleared' THEN 'available' ELSE 'cleared' END, tstzrange('2026-11-16 08:00+07', NULL), :revised
    WHERE w.is_wrong
) AS c
ORDER BY v.plot_id, lower(v.valid), c.recorded;

-- A project holds up to four plots of a block that stand side by side.
CREATE TEMPORARY TABLE s_project ON COMMIT DROP AS
SELECT s.slug, s.block, s.place / 4 AS part, format('%s-b%s-%s', s.slug, s.block + 1, s.place / 4) AS code,
       min(lower(v.valid)) AS since, array_agg(DISTINCT s.plot_id) AS plots
FROM s_plot AS s JOIN s_span AS v ON v.plot_id = s.plot_id AND v.state = 'leased'
GROUP BY s.slug, s.block, s.place / 4;
INSERT INTO projects (code) SELECT code FROM s_project ORDER BY code;
INSERT INTO project_versions (project_id, name, park_id, investor, sector, land_ha, capital_vnd_bn, state, valid, recorded,
                              quality, source_id, batch_id)
SELECT p.id, 'Dự án thử ' || s.code, park.id, 'Công ty thử nghiệm ' || (p.id % 500), 'chế biến, chế tạo',
       0.36 * cardinality(s.plots), 50 + p.id % 400, (ARRAY['registered', 'building', 'operating'])[1 + p.id % 3],
       daterange(s.since, NULL), tstzrange('2026-11-02 08:00+07', NULL), 'demo', :source, :batch
FROM s_project AS s JOIN projects AS p ON p.code = s.code JOIN parks AS park ON park.slug = s.slug;
INSERT INTO project_plots (project_id, plot_id)
SELECT p.id, one FROM s_project AS s JOIN projects AS p ON p.code = s.code, unnest(s.plots) AS one;
INSERT INTO project_plot_versions (project_plot_id, area_ha, valid, recorded, quality, source_id, batch_id)
SELECT pair.id, 0.36, daterange(s.since, NULL), tstzrange('2026-11-02 08:00+07', NULL), 'demo', :source, :batch
FROM s_project AS s JOIN projects AS p ON p.code = s.code JOIN project_plots AS pair ON pair.project_id = p.id;

-- The four figures at every end of a month; occupancy and clearance are those of the plots, as known at the first load.
CREATE TEMPORARY TABLE s_count ON COMMIT DROP AS
SELECT plot.park_id, m.ends, sum(v.area_ha) AS total,
       coalesce(sum(v.area_ha) FILTER (WHERE v.state <> 'not_cleared'), 0) AS cleared,
       sum(v.area_ha) FILTER (WHERE v.use_code IN ('SKK', 'TMD')) AS lettable,
       coalesce(sum(v.area_ha) FILTER (WHERE v.state IN ('leased', 'building', 'operating')), 0) AS leased
FROM s_month AS m
JOIN plot_versions AS v ON v.valid @> m.ends AND v.recorded @> timestamptz '2026-11-02 09:00+07'
JOIN plots AS plot ON plot.id = v.plot_id
GROUP BY plot.park_id, m.ends;
INSERT INTO observations (subject_kind, park_id, indicator, valid_on, date_precision, value, numerator, denominator, method,
                          recorded, quality, source_id, batch_id)
SELECT 'park', c.park_id, f.indicator, c.ends, 'month', round((100 * f.numerator / f.denominator)::numeric, 2),
       f.numerator, f.denominator, f.method, tstzrange('2026-11-02 08:00+07', NULL), 'demo', :source, :batch
FROM s_count AS c,
LATERAL (VALUES
    ('occupancy', 'decree35_2022', c.leased, c.lettable),
    ('clearance_cumulative', 'of_area_to_clear', c.cleared, c.total),
    ('clean_site', 'of_clean_site_target', 0.9 * c.cleared, c.total),
    ('infrastructure_completeness', 'by_value', 5.0 * c.cleared, 6.0 * c.total)
) AS f (indicator, method, numerator, denominator)
WHERE f.denominator > 0
ORDER BY c.ends, c.park_id, f.indicator;
