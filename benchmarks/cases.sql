-- So many open cases, each of a project of its own, spread over the parks, with deadlines over a year; half have somebody.
INSERT INTO people (login, name, role, department) VALUES ('bench', 'Bench', 'head', 'Bench');
INSERT INTO credentials (person_id, password_hash, must_change) SELECT id, :kept, false FROM people WHERE login = 'bench';
CREATE TEMP TABLE made ON COMMIT DROP AS
    SELECT n, 'case-' || n AS code, (SELECT id FROM parks ORDER BY id OFFSET (n % (SELECT count(*) FROM parks)) LIMIT 1) AS park_id
    FROM generate_series(1, CAST(:cases AS integer)) AS n;
INSERT INTO projects (code) SELECT code FROM made;
INSERT INTO project_versions (project_id, name, park_id, land_ha, state, valid, quality, source_id, batch_id)
SELECT j.id, 'Project ' || m.n, m.park_id, 1 + m.n % 40, 'building', daterange('2020-01-01', NULL), 'demo',
       (SELECT min(id) FROM sources), (SELECT min(id) FROM batches)
FROM made AS m JOIN projects AS j ON j.code = m.code;
INSERT INTO cases (kind, park_id, project_id, unit, rule, clock_state, as_of, rules_on, since, area_ha)
SELECT 'clock', m.park_id, j.id, 'project', 'R9', 'UNUSED_12M', '2026-10-31', '2026-10-31', date '2026-10-31' - m.n % 900,
       1 + m.n % 40
FROM made AS m JOIN projects AS j ON j.code = m.code;
SELECT set_config('geoapp.person_id', (SELECT id::text FROM people WHERE login = 'bench'), true);
INSERT INTO case_events (case_id, number, step) SELECT id, 2, 'take' FROM cases WHERE id % 2 = 0;
