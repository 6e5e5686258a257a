-- Part of a statement: from "moment" (see 0019_clock_day.sql) to "verdict", the decision table with rows R1-R12b: state, dates,
-- findings and notes of each unit of "source" on its day.
past AS (
    -- What held on the day before completion, as things stood on that day. Where nothing was decided on a day of its own, the
    -- dates of that day are those of today.
    SELECT m.*, c.complete, c.complete AND m.construction_start_date IS NOT NULL AND m.construction_start_evidence IS NOT NULL
                            AS is_started,
           coalesce(m.termination_date <= m.day, false) AS terminated,
           m.handover_date IS NULL AND m.no_handover IS NOT TRUE AS no_handover_date,
           coalesce(m.no_handover, false) OR coalesce(m.handover_date > m.day, false) AS r5,
           CASE WHEN c.complete AND (m.progress_adjustments IS NOT NULL OR m.extension IS NOT NULL
                                     OR m.fm_intervals IS NOT NULL)
                THEN (SELECT h::clock_past
                      FROM clock_day(
                          ROW(m.special_regime, m.land_basis, m.allocation_decision_date, m.handover_date,
                              m.handover_record_no, m.no_handover, m.area_ha, m.handover_area_ha, m.progress_form,
                              m.progress_end_date, m.progress_quarter, m.progress_months, m.progress_source,
                              m.construction_start_date, m.construction_start_evidence, m.all_items_complete_date,
                              m.all_items_complete_evidence, m.inspection_decision_date, m.inspection_report_date,
                              m.extension_request_date, m.published_date, m.remedied_date, m.termination_date,
                              m.progress_adjustments, m.fm_intervals, m.delay_intervals, m.extension)::clock_unit,
                          m.all_items_complete_date - 1,
                          ROW(m.valid_from, m.valid_to, m.unused_months, m.late_months, m.extension_months, m.sale_months,
                              m.judged_from, m.shift_deadlines, m.shift_extension, m.window_days, m.number_needed,
                              m.off_from, m.off_to, m.shifts)::clock_period) AS h)
                WHEN c.complete
                THEN ROW(m.d12_fm_shifted, m.d24_fm_shifted, NULL, false,
                         (m.construction_start_date < m.all_items_complete_date
                          AND m.construction_start_evidence IS NOT NULL
                          OR m.handover_date < m.all_items_complete_date) IS TRUE
                         AND coalesce(m.all_items_complete_date - 1 > m.d24_fm_shifted, false),
                         NOT (m.construction_start_date < m.all_items_complete_date
                              AND m.construction_start_evidence IS NOT NULL) IS TRUE
                         AND coalesce(m.all_items_complete_date - 1 > m.d12_fm_shifted, false))::clock_past END AS was
    FROM moment AS m
    CROSS JOIN LATERAL (SELECT m.all_items_complete_evidence IS NOT NULL
                               AND coalesce(m.all_items_complete_date <= m.day, false) AS complete) AS c
    OFFSET 0
), led AS (
    SELECT r.*,
           CASE WHEN r.special_regime IS NOT NULL THEN 'R1'
                WHEN r.complete THEN CASE WHEN (r.was).r6 OR (r.was).r8 OR r.is_started AND (r.was).r9 THEN 'R3' ELSE 'R2' END
                WHEN r.terminated THEN 'R4' WHEN r.r5 THEN 'R5'
                WHEN r.has_extension THEN CASE WHEN r.day > r.effective_end_shifted THEN 'R6'
                                               WHEN r.day <= r.effective_end_shifted THEN 'R7' ELSE 'R12a' END
                WHEN r.r8 THEN 'R8' WHEN r.r9 THEN 'R9' WHEN r.r10 THEN 'R10' WHEN r.r11 THEN 'R11'
                WHEN r.no_handover_date OR r.progress_end IS NULL THEN 'R12a' ELSE 'R12b' END AS first_rule,
           r.complete AND ((r.was).r6 OR (r.was).r8 OR r.is_started AND (r.was).r9) AS r3,
           NOT r.complete AND coalesce(r.day > r.effective_end_shifted, false) AS r6,
           NOT r.complete AND coalesce(r.day <= r.effective_end_shifted, false) AS r7,
           NOT r.complete AND r.has_extension AND r.effective_end IS NULL AS is_gap
    FROM past AS r
    OFFSET 0
), found AS (
    -- The violations of a unit: one on either ground, or both beside each other. The leading one comes first.
    SELECT l.*,
           CASE l.first_rule
               WHEN 'R3' THEN CASE WHEN (l.was).r6 THEN 'R6' WHEN (l.was).r8 THEN 'R8' ELSE 'R9' END
               WHEN 'R6' THEN 'R6' WHEN 'R8' THEN 'R8' WHEN 'R9' THEN 'R9' END AS rule_1,
           CASE l.first_rule
               WHEN 'R3' THEN CASE WHEN (l.was).r6 THEN (l.was).ended WHEN (l.was).r8 THEN (l.was).d24 ELSE (l.was).d12 END
               WHEN 'R6' THEN l.effective_end_shifted WHEN 'R8' THEN l.d24_fm_shifted WHEN 'R9' THEN l.d12_fm_shifted
           END + 1 AS from_1,
           CASE WHEN l.first_rule = 'R3' AND (l.was).r8 AND (l.was).r9 AND l.is_started
                     OR l.first_rule = 'R8' AND l.r9 THEN 'R9' END AS rule_2,
           CASE WHEN l.first_rule = 'R3' THEN (l.was).d12 ELSE l.d12_fm_shifted END + 1 AS from_2,
           l.no_handover_date OR l.progress_end IS NULL OR l.is_gap AS r12a,
           clock_add_months(l.termination_date, l.sale_months) AS sale_end
    FROM led AS l
    OFFSET 0
), judged AS (
    -- A violation of a time before the laws that were read is left to a person.
    SELECT j.*, CASE WHEN j.from_1 < j.judged_from THEN 'R1' ELSE j.first_rule END AS rule,
           CASE WHEN NOT j.terminated OR j.fm IS NULL THEN 0
                ELSE coalesce((SELECT sum(upper(part) - lower(part))::integer
                               FROM (SELECT unnest(range_agg(fm * daterange(j.termination_date + 1, j.sale_end, '[]'))) AS part
                                     FROM unnest(j.fm) AS fm) AS counted), 0) END AS fm_termination_days,
           -- Begun only after the 12 months were over, and without an extension.
           j.begun AND coalesce(j.construction_start_date - 1 > j.d12_fm_shifted, false)
           AND NOT CASE WHEN j.has_extension
                        THEN EXISTS (SELECT FROM unnest(j.extension) AS x WHERE x.date < j.construction_start_date)
                        ELSE false END AS is_past_unused,
           (j.special_regime IS NOT NULL)::integer + j.complete::integer + j.terminated::integer + j.r5::integer
           + CASE WHEN j.complete THEN 0
                  ELSE j.r6::integer + j.r7::integer + j.r8::integer + j.r9::integer + j.r10::integer + j.r11::integer END
           + j.r12a::integer AS rows_held,
           CASE WHEN j.extension IS NOT NULL
                THEN (SELECT n FROM clock_extension_notes(j.extension, j.day, j.held, j.d24, j.progress_end, j.effective_end,
                                                          j.extension_months) AS n) ELSE '{}' END
           || array_remove(ARRAY[
               CASE WHEN j.allocation_decision_date IS NULL THEN 'no_allocation_decision_date' END,
               CASE WHEN j.handover_area_ha IS NULL THEN 'no_handover_area' END,
               CASE WHEN j.construction_start_date IS NOT NULL AND j.construction_start_evidence IS NULL
                    THEN 'start_without_evidence' END,
               CASE WHEN j.all_items_complete_date IS NOT NULL AND j.all_items_complete_evidence IS NULL
                    THEN 'completion_without_evidence' END,
               CASE WHEN j.all_items_complete_date < j.construction_start_date THEN 'completed_before_start' END,
               CASE WHEN j.no_handover AND j.begun THEN 'no_handover_but_started' END,
               CASE WHEN j.handover_date > j.progress_end - j.delay_days THEN 'handover_after_progress_end' END,
               CASE WHEN j.progress_adjustments IS NULL THEN NULL
                    WHEN (j.adjusted).decided > clock_add_months((j.adjusted).previous + j.delay_days, j.late_months)
                    THEN 'adjusted_after_d24' END,
               CASE WHEN j.progress_adjustments IS NULL THEN NULL
                    WHEN EXISTS (SELECT FROM unnest(j.progress_adjustments) AS n WHERE n.decided IS NULL)
                    THEN 'adjustment_undated' END,
               CASE WHEN j.fm_intervals IS NULL THEN NULL
                    WHEN EXISTS (SELECT FROM unnest(j.fm_intervals) AS i
                                 WHERE (i.decided_by = 'chairman' AND i."from" <= i."to"
                                        AND (i.document IS NOT NULL OR NOT j.number_needed)) IS NOT TRUE)
                    THEN 'force_majeure_without_effect' END,
               CASE WHEN j.delay_intervals IS NULL THEN NULL
                    WHEN EXISTS (SELECT FROM unnest(j.delay_intervals) AS i
                                 WHERE (i.document IS NOT NULL AND i."from" <= i."to") IS NOT TRUE)
                    THEN 'delay_without_effect' END,
               CASE WHEN j.d12 < j.off_from OR j.d12 + j.fm12_days > j.off_to OR j.d24 < j.off_from
                         OR j.d24 + j.fm24_days > j.off_to OR j.effective_end < j.off_from OR j.effective_end > j.off_to
                    THEN 'provisional_date' END,
               CASE WHEN j.rule_1 IS NOT NULL AND j.rule_1 <> 'R3' AND j.first_rule <> 'R3'
                         AND j.handover_area_ha IS NULL AND j.area_ha IS NULL THEN 'area_unknown' END,
               CASE WHEN j.from_1 < j.judged_from THEN 'before_judged_laws' END], NULL) AS notes
    FROM found AS j
    OFFSET 0
), laws AS (
    SELECT w.rule, coalesce(lower(w.valid), '-infinity'::date) AS law_from, coalesce(upper(w.valid), 'infinity'::date) AS law_to,
           w.law, w.mark = 'unverified' AS is_unverified
    FROM clock_laws AS w
), verdict AS (
    SELECT v.*,
           CASE v.rule WHEN 'R1' THEN 'MANUAL' WHEN 'R2' THEN 'COMPLETE' WHEN 'R3' THEN 'COMPLETE_LATE'
                       WHEN 'R4' THEN 'TERMINATED' WHEN 'R5' THEN 'NO_CLOCK' WHEN 'R6' THEN 'EXT_EXPIRED'
                       WHEN 'R7' THEN 'EXT_RUNNING' WHEN 'R8' THEN 'LATE_24M' WHEN 'R9' THEN 'UNUSED_12M' WHEN 'R10' THEN 'HOLD'
                       WHEN 'R11' THEN 'LATE_UNDER_24M' WHEN 'R12a' THEN 'DATA_GAP' ELSE 'ON_TRACK' END AS state,
           -- Rows that hold beside the leading one.
           CASE WHEN v.rows_held < 2 AND v.rule = v.first_rule THEN '{}'
                ELSE array_remove(array_remove(ARRAY[
                    CASE WHEN v.special_regime IS NOT NULL THEN 'R1' END, CASE WHEN v.complete AND NOT v.r3 THEN 'R2' END,
                    CASE WHEN v.r3 THEN 'R3' END, CASE WHEN v.terminated THEN 'R4' END, CASE WHEN v.r5 THEN 'R5' END,
                    CASE WHEN v.r6 THEN 'R6' END, CASE WHEN v.r7 THEN 'R7' END,
                    CASE WHEN NOT v.complete AND v.r8 THEN 'R8' END, CASE WHEN NOT v.complete AND v.r9 THEN 'R9' END,
                    CASE WHEN NOT v.complete AND v.r10 THEN 'R10' END, CASE WHEN NOT v.complete AND v.r11 THEN 'R11' END,
                    CASE WHEN v.r12a THEN 'R12a' END], NULL), v.rule) END AS also,
           CASE WHEN NOT v.r12a THEN '{}'
                ELSE array_remove(ARRAY[CASE WHEN v.no_handover_date THEN 'handover_date' END,
                                        CASE WHEN v.progress_end IS NULL THEN 'progress_end_date' END,
                                        CASE WHEN v.is_gap THEN 'extension_end' END], NULL) END AS missing,
           v.d12 + v.fm12_days AS d12_fm, v.d24 + v.fm24_days AS d24_fm, v.d12 + 1 AS month13, v.d24 + 1 AS month25,
           (v.held).ends AS extension_end,
           CASE WHEN v.terminated THEN v.sale_end + v.fm_termination_days END AS termination_end,
           CASE v.rule
               WHEN 'R4' THEN v.sale_end + v.fm_termination_days WHEN 'R7' THEN v.effective_end WHEN 'R11' THEN v.d24
               WHEN 'R12b' THEN least(CASE WHEN NOT v.begun AND v.d12 >= v.day THEN v.d12 END,
                                      CASE WHEN v.progress_end >= v.day THEN v.progress_end END,
                                      CASE WHEN v.d24 >= v.day THEN v.d24 END) END AS due_on,
           CASE WHEN v.is_past_unused
                THEN jsonb_build_object('from', v.d12_fm_shifted + 1, 'to', v.construction_start_date) END AS past_unused,
           CASE WHEN v.rule_1 IS NULL OR v.rule = 'R1' THEN '[]'
                WHEN v.rule_2 IS NULL THEN jsonb_build_array(w.violation_1)
                ELSE jsonb_build_array(w.violation_1, jsonb_build_object(
                         'state', 'UNUSED_12M', 'from', v.from_2,
                         'to', CASE WHEN v.complete THEN v.all_items_complete_date END, 'law', law_2.law)) END AS violations,
           CASE WHEN law_1.is_unverified AND v.rule <> 'R1' THEN v.notes || 'law_unverified'::text ELSE v.notes END AS warnings,
           CASE WHEN v.rule IN ('R6', 'R8', 'R9') THEN least(v.handover_area_ha, v.area_ha) ELSE 0 END AS area_in_violation_ha
    FROM judged AS v
    LEFT JOIN laws AS law_1 ON law_1.rule = v.rule_1 AND v.from_1 >= law_1.law_from AND v.from_1 < law_1.law_to
    LEFT JOIN laws AS law_2 ON law_2.rule = v.rule_2 AND v.from_2 >= law_2.law_from AND v.from_2 < law_2.law_to
    CROSS JOIN LATERAL (SELECT jsonb_build_object(
        'state', CASE v.rule_1 WHEN 'R6' THEN 'EXT_EXPIRED' WHEN 'R8' THEN 'LATE_24M' ELSE 'UNUSED_12M' END, 'from', v.from_1,
        'to', CASE WHEN v.complete THEN v.all_items_complete_date END, 'law', law_1.law) AS violation_1) AS w
)
