-- Days and months of the clock, and the rules that hold in one period of the law.

-- The rules between two changes of the law, with the readings taken and the calendar of days off. "off_from" and
-- "off_to": first and last day of the years that have a table; days outside know weekends only. "shifts": see clock_shift.
CREATE TYPE clock_period AS (
    valid_from date, valid_to date, unused_months integer, late_months integer, extension_months integer,
    sale_months integer, judged_from date, shift_deadlines boolean, shift_extension boolean, window_days boolean,
    number_needed boolean, off_from date, off_to date, shifts date[]
);

-- The day with the same number n months on, or the last of that month.
CREATE FUNCTION clock_add_months(day date, months integer) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (day + make_interval(months => months))::date;

-- The working day on which a period ends that would end on "day". 01/01/1900 was a Monday. "shifts" begins ten days before the
-- first year of the table, for what ends on a weekend then may end on its first days.
CREATE FUNCTION clock_shift(day date, off_from date, off_to date, shifts date[]) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN day BETWEEN off_from - 10 AND off_to THEN shifts[day - off_from + 11]
                ELSE day + CASE (day - date '1900-01-01') % 7 WHEN 5 THEN 2 WHEN 6 THEN 1 ELSE 0 END END;

-- The end of the progress as it is written: a day, a quarter (its last day), or months from a day. Months from a decision
-- run from the handover where the land was handed over later.
CREATE FUNCTION clock_progress_end(form text, end_date date, quarter text, months integer, handover date, decision date)
RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE coalesce(form, CASE WHEN end_date IS NULL AND quarter IS NOT NULL THEN 'quarter' ELSE 'date' END)
                WHEN 'date' THEN end_date
                WHEN 'quarter' THEN (make_date(left(quarter, 4)::integer, 3 * right(quarter, 1)::integer, 1)
                                     + interval '1 month')::date - 1
                WHEN 'months_from_handover' THEN (handover + make_interval(months => months))::date
                WHEN 'months_from_decision' THEN CASE WHEN decision IS NOT NULL THEN
                     (greatest(decision, handover) + make_interval(months => months))::date END
           END;

CREATE FUNCTION clock_is_off(day date) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT extract(isodow FROM day) > 5 OR EXISTS (
        SELECT FROM days_off AS o
        WHERE o.day = clock_is_off.day
          AND (o.kind <> 'swap' OR (SELECT r.value = 'off' FROM clock_readings AS r WHERE r.key = 'swapped_days_work')));
END;

-- The n-th working day after a day.
CREATE FUNCTION clock_add_working_days(day date, days integer) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT later.day
    FROM (SELECT clock_add_working_days.day + n AS day FROM generate_series(1, clock_add_working_days.days * 2 + 30) AS n)
         AS later
    WHERE NOT clock_is_off(later.day)
    ORDER BY later.day OFFSET clock_add_working_days.days - 1 LIMIT 1;
END;

-- The rules, a row for each time between two changes of a threshold; what did not change does not cut.
CREATE FUNCTION clock_periods() RETURNS SETOF clock_period LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
    WITH wanted AS (
        SELECT t.key, coalesce(lower(t.valid), '-infinity'::date) AS valid_from, t.valid, t.value
        FROM clock_thresholds AS t
        WHERE t.key IN ('unused_months', 'late_months', 'extension_months', 'sale_months')
    ), figures AS (
        SELECT b.valid_from,
               max(w.value) FILTER (WHERE w.key = 'unused_months') AS unused_months,
               max(w.value) FILTER (WHERE w.key = 'late_months') AS late_months,
               max(w.value) FILTER (WHERE w.key = 'extension_months') AS extension_months,
               max(w.value) FILTER (WHERE w.key = 'sale_months') AS sale_months
        FROM (SELECT DISTINCT wanted.valid_from FROM wanted) AS b
        JOIN wanted AS w ON w.valid @> b.valid_from
        GROUP BY b.valid_from
    ), changed AS (
        SELECT f.*, ROW(f.unused_months, f.late_months, f.extension_months, f.sale_months) IS DISTINCT FROM
                    lag(ROW(f.unused_months, f.late_months, f.extension_months, f.sale_months))
                        OVER (ORDER BY f.valid_from) AS is_new
        FROM figures AS f
    ), years AS (
        SELECT date_trunc('year', min(o.day)::timestamp)::date AS off_from,
               (date_trunc('year', max(o.day)::timestamp) + interval '1 year')::date - 1 AS off_to
        FROM days_off AS o
    ), listed AS (
        SELECT o.day FROM days_off AS o
        WHERE o.kind <> 'swap' OR (SELECT r.value = 'off' FROM clock_readings AS r WHERE r.key = 'swapped_days_work')
    ), days AS (
        SELECT d.day, min(CASE WHEN extract(isodow FROM d.day) < 6 AND listed.day IS NULL THEN d.day END)
                      OVER (ORDER BY d.day DESC) AS worked
        FROM years CROSS JOIN LATERAL (SELECT years.off_from + n AS day
                                       FROM generate_series(-10, years.off_to - years.off_from + 10) AS n) AS d
        LEFT JOIN listed ON listed.day = d.day
    ), readings AS (
        SELECT bool_or(r.key = 'shift_deadlines' AND r.value = 'on') AS shift_deadlines,
               bool_or(r.key = 'shift_extension' AND r.value = 'on') AS shift_extension,
               bool_or(r.key = 'force_majeure_window' AND r.value = 'inside') AS window_days,
               bool_or(r.key = 'force_majeure_number' AND r.value = 'on') AS number_needed
        FROM clock_readings AS r
    ), calendar AS (
        SELECT years.off_from, years.off_to,
               (SELECT array_agg(days.worked ORDER BY days.day) FROM days WHERE days.day <= years.off_to) AS shifts
        FROM years
    )
    SELECT c.valid_from, lead(c.valid_from, 1, 'infinity'::date) OVER (ORDER BY c.valid_from), c.unused_months,
           c.late_months, c.extension_months, c.sale_months,
           (SELECT min(lower(t.valid)) FROM clock_thresholds AS t WHERE t.key = 'unused_months' AND NOT lower_inf(t.valid)),
           r.shift_deadlines, r.shift_extension, r.window_days, r.number_needed,
           k.off_from, k.off_to, k.shifts
    FROM changed AS c CROSS JOIN readings AS r CROSS JOIN calendar AS k
    WHERE c.is_new;
END;
