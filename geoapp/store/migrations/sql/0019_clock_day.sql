-- Part of a statement: from the relation "source" (units with the rules that hold for them and the day that is looked at) to
-- "moment", which has their dates as they stood on that day and the conditions of rows R5-R11. Rows that say "not complete"
-- are asked of days before completion only. Each stage ends with OFFSET 0, which keeps the planner from writing a date out anew
-- wherever it is used; what few units have is asked for inside CASE, so that the others do not pay for it.
facts AS (
    SELECT s.*,
           clock_progress_end(s.progress_form, s.progress_end_date, s.progress_quarter, s.progress_months, s.handover_date,
                              s.allocation_decision_date) AS first_end,
           -- Which adjustment holds: they come in the order of their decisions.
           CASE WHEN s.progress_adjustments IS NOT NULL
                THEN (SELECT max(n.place)::integer
                      FROM unnest(s.progress_adjustments) WITH ORDINALITY
                           AS n (decided, progress_form, progress_end_date, progress_quarter, progress_months, place)
                      WHERE n.decided <= s.day) END AS adjusted,
           -- Only what the Chairman decided, with the number of the document.
           CASE WHEN s.fm_intervals IS NOT NULL
                THEN (SELECT range_agg(daterange(i."from", i."to", '[]'))
                      FROM unnest(s.fm_intervals) AS i
                      WHERE i.decided_by = 'chairman' AND i."from" <= i."to" AND (i.decided IS NULL OR i.decided <= s.day)
                        AND (i.document IS NOT NULL OR NOT s.number_needed)) END AS fm,
           CASE WHEN s.extension IS NULL THEN false
                ELSE EXISTS (SELECT FROM unnest(s.extension) AS x WHERE x.date <= s.day) END AS has_extension,
           CASE WHEN s.delay_intervals IS NULL THEN 0
                ELSE coalesce((SELECT sum(upper(part) - lower(part))::integer
                               FROM unnest((SELECT range_agg(daterange(i."from", i."to", '[]'))
                                            FROM unnest(s.delay_intervals) AS i
                                            WHERE i.document IS NOT NULL AND i."from" <= i."to")) AS part), 0)
           END AS delay_days,
           s.construction_start_evidence IS NOT NULL AND coalesce(s.construction_start_date <= s.day, false) AS begun,
           (s.handover_date + make_interval(months => s.unused_months))::date AS d12
    FROM source AS s
    OFFSET 0
), late AS (
    SELECT f.*, w.progress_end, (w.progress_end + make_interval(months => f.late_months))::date AS d24,
           f.begun OR coalesce(f.handover_date <= f.day, false) AS handed_over
    FROM facts AS f
    CROSS JOIN LATERAL (
        SELECT CASE WHEN f.adjusted IS NULL THEN f.first_end
                    ELSE clock_progress_end((f.progress_adjustments[f.adjusted]).progress_form,
                                            (f.progress_adjustments[f.adjusted]).progress_end_date,
                                            (f.progress_adjustments[f.adjusted]).progress_quarter,
                                            (f.progress_adjustments[f.adjusted]).progress_months, f.handover_date,
                                            f.allocation_decision_date) END + f.delay_days AS progress_end
    ) AS w
    OFFSET 0
), inside AS (
    -- Days of force majeure inside the 12 and the 24 months.
    SELECT l.*,
           CASE WHEN l.fm IS NULL OR l.d12 IS NULL OR NOT l.window_days THEN 0
                WHEN l.fm && daterange(l.handover_date + 1, l.d12, '[]')
                THEN (SELECT sum(upper(part) - lower(part))::integer
                      FROM unnest(l.fm * datemultirange(daterange(l.handover_date + 1, l.d12, '[]'))) AS part)
                ELSE 0 END AS fm12_days,
           CASE WHEN l.fm IS NULL OR l.d24 IS NULL OR NOT l.window_days THEN 0
                WHEN l.fm && daterange(l.progress_end + 1, l.d24, '[]')
                THEN (SELECT sum(upper(part) - lower(part))::integer
                      FROM unnest(l.fm * datemultirange(daterange(l.progress_end + 1, l.d24, '[]'))) AS part)
                ELSE 0 END AS fm24_days,
           CASE WHEN l.has_extension
                THEN (SELECT h::clock_extension_held
                      FROM clock_extensions_on(l.extension, l.day, l.handover_date, l.d12, l.progress_end, l.d24,
                                               l.inspection_report_date, l.unused_months, l.late_months) AS h
                      LIMIT 1) END AS held,
           CASE WHEN l.shift_deadlines THEN clock_shift(l.d12, l.off_from, l.off_to, l.shifts) ELSE l.d12 END AS d12_shifted,
           CASE WHEN l.shift_deadlines THEN clock_shift(l.d24, l.off_from, l.off_to, l.shifts) ELSE l.d24 END AS d24_shifted
    FROM late AS l
    OFFSET 0
), prolonged AS (
    -- An interval lengthens an extension as a whole if one of its days lies between its start and its end.
    SELECT i.*,
           CASE WHEN i.fm12_days = 0 OR NOT i.shift_deadlines THEN i.d12_shifted + i.fm12_days
                ELSE clock_shift(i.d12 + i.fm12_days, i.off_from, i.off_to, i.shifts) END AS d12_fm_shifted,
           CASE WHEN i.fm24_days = 0 OR NOT i.shift_deadlines THEN i.d24_shifted + i.fm24_days
                ELSE clock_shift(i.d24 + i.fm24_days, i.off_from, i.off_to, i.shifts) END AS d24_fm_shifted,
           CASE WHEN i.fm IS NULL OR NOT i.has_extension OR (i.held).ends < coalesce((i.held).starts, (i.held).decided) THEN 0
                ELSE coalesce((SELECT sum(upper(part) - lower(part))::integer
                               FROM unnest((SELECT range_agg(daterange(x."from", x."to", '[]'))
                                            FROM unnest(i.fm_intervals) AS x
                                            WHERE x.decided_by = 'chairman' AND x."from" <= (i.held).ends
                                              AND x."to" >= coalesce((i.held).starts, (i.held).decided)
                                              AND x."from" <= x."to" AND (x.decided IS NULL OR x.decided <= i.day)
                                              AND (x.document IS NOT NULL OR NOT i.number_needed))) AS part), 0)
           END AS fm_extension_days
    FROM inside AS i
    OFFSET 0
), moment AS (
    SELECT m.*, g.effective_end,
           CASE WHEN NOT m.has_extension THEN NULL
                WHEN m.shift_extension THEN clock_shift(g.effective_end, m.off_from, m.off_to, m.shifts)
                ELSE g.effective_end END AS effective_end_shifted,
           NOT m.has_extension AND m.handed_over AND coalesce(m.day > m.d24_fm_shifted, false) AS r8,
           NOT m.has_extension AND NOT m.begun AND coalesce(m.day > m.d12_fm_shifted, false) AS r9,
           NOT m.has_extension
           AND (m.fm24_days > 0 AND m.handed_over AND m.day > m.d24_shifted AND m.day <= m.d24_fm_shifted
                OR m.fm12_days > 0 AND NOT m.begun AND m.day > m.d12_shifted AND m.day <= m.d12_fm_shifted) AS r10,
           m.handed_over AND coalesce(m.day > m.progress_end AND m.day <= m.d24_shifted, false) AS r11
    FROM prolonged AS m
    CROSS JOIN LATERAL (SELECT CASE WHEN m.has_extension THEN (m.held).ends + m.fm_extension_days END AS effective_end) AS g
    OFFSET 0
)
