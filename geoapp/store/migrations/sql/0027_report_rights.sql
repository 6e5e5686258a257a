-- Who reads, writes and approves targets and reports, and who starts long work.
INSERT INTO role_permissions (role, permission) VALUES
    ('viewer', 'report_read'),
    ('planner', 'report_read'),
    ('inspector', 'report_read'),
    ('head', 'report_read'),
    ('admin', 'report_read'),
    ('viewer', 'job_run'),
    ('planner', 'job_run'),
    ('inspector', 'job_run'),
    ('head', 'job_run'),
    ('admin', 'job_run'),
    ('planner', 'figure_enter'),
    ('inspector', 'figure_enter'),
    ('head', 'figure_enter'),
    ('planner', 'report_write'),
    ('head', 'report_write'),
    ('head', 'report_approve');
