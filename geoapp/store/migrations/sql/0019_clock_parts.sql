-- What single dates of the clock are found with: the extensions that are decided, and what is to be noted of them.

CREATE TYPE clock_extension_held AS (
    no text, decided date, ground text, starts date, basis text, months integer, printed date, computed date, ends date
);

-- The extensions decided by a day, the one that ends last first. An end that is printed wins over the computed one.
-- Without a printed start: the decision, where a check reported that the time was over, else the first day of month 13 or 25.
CREATE FUNCTION clock_extensions_on(extension clock_extension[], day date, handover date, d12 date, progress_end date,
                                    d24 date, reported date, unused_months integer, late_months integer)
RETURNS SETOF clock_extension_held LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
    SELECT x.no, x.date, x.ground, begin.starts, begin.basis, x.months, x."end", calc.computed,
           coalesce(x."end", calc.computed) AS ends
    FROM unnest(extension) AS x
    CROSS JOIN LATERAL (
        SELECT CASE x.ground WHEN '12m' THEN handover WHEN '24m' THEN progress_end END AS anchor,
               CASE x.ground WHEN '12m' THEN unused_months WHEN '24m' THEN late_months END AS months,
               CASE x.ground WHEN '12m' THEN d12 WHEN '24m' THEN d24 END AS ended
    ) AS own
    CROSS JOIN LATERAL (SELECT coalesce(reported <= day AND reported > own.ended, false) AS late) AS found
    CROSS JOIN LATERAL (
        SELECT coalesce(x.start, CASE WHEN found.late THEN x.date ELSE own.ended + 1 END) AS starts,
               CASE WHEN x.start IS NULL THEN CASE WHEN found.late THEN 'decision' ELSE 'month' END
                    WHEN x.start = own.ended + 1 AND NOT (found.late AND x.start = x.date) THEN 'month'
                    WHEN x.start = x.date THEN 'decision'
                    ELSE 'printed' END AS basis
    ) AS begin
    CROSS JOIN LATERAL (
        SELECT CASE begin.basis WHEN 'month' THEN clock_add_months(own.anchor, own.months + x.months)
                    ELSE clock_add_months(begin.starts, x.months) END AS computed
    ) AS calc
    WHERE x.date <= day
    ORDER BY coalesce(x."end", calc.computed) DESC NULLS LAST, coalesce(begin.starts, x.date)
$$;

-- What a person must look at in the decisions on extensions.
CREATE FUNCTION clock_extension_notes(extension clock_extension[], as_of date, held clock_extension_held, d24 date,
                                      progress_end date, effective_end date, most_months integer)
RETURNS SETOF text[] LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
    SELECT array_remove(ARRAY[
               CASE WHEN bool_or(x.date IS NULL) THEN 'extension_undated' END,
               CASE WHEN held.printed <> held.computed THEN 'extension_end_differs' END,
               CASE WHEN greatest(sum(x.months) FILTER (WHERE x.ground = '12m' AND x.date <= as_of),
                                  sum(x.months) FILTER (WHERE x.ground = '24m' AND x.date <= as_of),
                                  sum(x.months) FILTER (WHERE x.ground IS NULL AND x.date <= as_of)) > most_months
                    THEN 'extension_over_limit' END,
               CASE WHEN held.ground = '12m' AND d24 < as_of THEN 'd24_passed_under_12m_extension' END,
               CASE WHEN held.ground = '12m' AND effective_end < progress_end THEN 'extension_before_progress_end' END], NULL)
    FROM unnest(extension) AS x
$$;
