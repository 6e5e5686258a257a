-- What the board has to report next, from a day on: the day before which it is due; last those of which nobody stated a day.
-- period_first: first day of the period that it is of.
WITH duty AS (
    SELECT d.code, v.* FROM report_duty_versions AS v JOIN report_duties AS d ON d.id = v.report_duty_id
    WHERE v.by_board AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
), due AS (
    SELECT duty.*, m.first AS month,
           CASE WHEN then_working_days IS NULL THEN m.first + (before_day - 1)
                ELSE clock_add_working_days(m.first + (before_day - 1), then_working_days) END AS due_on
    FROM duty
    JOIN LATERAL (
        SELECT (date_trunc('month', CAST(:as_of AS timestamp)) + make_interval(months => n))::date AS first
        FROM generate_series(-1, 13) AS n) AS m
      ON CASE every WHEN 'month' THEN true
                    WHEN 'quarter' THEN extract(month FROM m.first) IN (1, 4, 7, 10)
                    WHEN 'half_year' THEN extract(month FROM m.first)::integer % 6 = before_month % 6
                    ELSE extract(month FROM m.first) = before_month END
    WHERE duty.before_day IS NOT NULL
), next AS (
    SELECT DISTINCT ON (code) * FROM due WHERE due_on >= CAST(:as_of AS date) ORDER BY code, due_on
)
SELECT code, name_vi, name_en, to_vi, to_en, every, law_vi, law_en, mark, on_day, due_on,
       due_on - CAST(:as_of AS date) AS days_left,
       (month - CASE every WHEN 'quarter' THEN interval '3 months' WHEN 'year' THEN interval '1 year' ELSE interval '1 month' END)::date
           AS period_first
FROM next
UNION ALL
SELECT code, name_vi, name_en, to_vi, to_en, every, law_vi, law_en, mark, on_day, NULL, NULL, NULL
FROM duty WHERE before_day IS NULL
ORDER BY due_on NULLS LAST, code
