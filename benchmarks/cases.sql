-- So many open cases, each of a project of its own, spread over the parks, with deadlines over two years; half have somebody.
-- Written without the triggers, which take some milliseconds for each: only reading is measured, and no list reads events.
INSERT INTO people (login, name, role, department) VALUES ('bench', 'Bench', 'head', 'Bench');
INSERT INTO credentials (person_id, password_hash, must_change) SELECT id, :kept, false FROM people WHERE login = 'bench';
SET LOCAL session_replication_role = replica;
CREATE TEMP TABLE spread ON COMMIT DROP AS
    SELECT id AS park_id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS parks FROM parks;
CREATE TEMP TABLE made ON COMMIT DROP AS
    SELECT n, 'case-' || n AS code, s.park_id
    FROM generate_series(1, CAST(:cases AS integer)) AS n JOIN spread AS s ON s.place = n % s.parks;
INSERT INTO projects (code) SELECT code FROM made;
INSERT INTO project_versions (project_id, name, park_id, land_ha, state, valid, quality, source_id, batch_id)
SELECT j.id, 'Project ' || m.n, m.park_id, 1 + m.n % 40, 'building', daterange('2020-01-01', NULL), 'demo',
       (SELECT min(id) FROM sources), (SELECT min(id) FROM batches)
FROM made AS m JOIN projects AS j ON j.code = m.code;
INSERT INTO cases (kind, park_id, project_id, unit, rule, clock_state, as_of, rules_on, since, area_ha, state, last_number,
                   due_on, due_life_id, assignee_id, changed_at)
SELECT 'clock', m.park_id, j.id, 'project', 'R9', 'UNUSED_12M', '2026-10-31', '2026-10-31', date '2026-10-31' - m.n % 900,
       1 + m.n % 40, 'confirmed', 2, current_date - 300 + m.n % 700,
       (SELECT min(id) FROM case_life WHERE step = 'confirm'),
       CASE WHEN m.n % 2 = 0 THEN (SELECT id FROM people WHERE login = 'bench') END, now() - make_interval(mins => m.n)
FROM made AS m JOIN projects AS j ON j.code = m.code;
