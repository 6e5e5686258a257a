-- Part of a statement: from "moment" (see 0019_clock_day.sql) to "verdict", the decision table with rows R1-R12b: state, dates,
-- findings and notes of each unit of "source" on its day. Rows are numbered 1 to 13 (12 is R12a, 13 is R12b) until the end.
past AS (
    -- The same where nothing was: the dates of that day are those of today.
    SELECT p.*, CASE WHEN NOT p.complete THEN false ELSE coalesce((p.was).r6, false) END AS was_r6,
           CASE WHEN NOT p.complete THEN false
                WHEN p.was IS DISTINCT FROM NULL THEN (p.was).r8
                ELSE coalesce(p.all_items_complete_date - 1 > p.d24_fm_shifted, false)
                     AND (coalesce(p.handover_date < p.all_items_complete_date, false)
                          OR p.is_started AND p.construction_start_date < p.all_items_complete_date) END AS was_r8,
           CASE WHEN NOT p.is_started THEN false
                WHEN p.was IS DISTINCT FROM NULL THEN (p.was).r9
                ELSE coalesce(p.all_items_complete_date - 1 > p.d12_fm_shifted, false)
                     AND p.construction_start_date >= p.all_items_complete_date END AS was_r9
    FROM moment AS p
    OFFSET 0
), led AS (
    SELECT r.*,
           CASE WHEN r.special_regime IS NOT NULL THEN 1
                WHEN r.complete THEN CASE WHEN r.was_r6 OR r.was_r8 OR r.was_r9 THEN 3 ELSE 2 END
                WHEN r.terminated THEN 4 WHEN r.r5 THEN 5
                WHEN r.has_extension THEN CASE WHEN r.day > r.effective_end_shifted THEN 6
                                               WHEN r.day <= r.effective_end_shifted THEN 7 ELSE 12 END
                WHEN r.r8 THEN 8 WHEN r.r9 THEN 9 WHEN r.r10 THEN 10 WHEN r.r11 THEN 11
                WHEN r.no_handover_date OR r.progress_end IS NULL THEN 12 ELSE 13 END AS first_row,
           NOT r.complete AND r.has_extension AND r.effective_end IS NULL AS is_gap
    FROM past AS r
    OFFSET 0
), found AS (
    -- The violations of a unit: one on either ground, or both beside each other. The leading one comes first.
    SELECT l.*,
           CASE l.first_row WHEN 3 THEN CASE WHEN l.was_r6 THEN 6 WHEN l.was_r8 THEN 8 ELSE 9 END
                            WHEN 6 THEN 6 WHEN 8 THEN 8 WHEN 9 THEN 9 END AS row_1,
           CASE l.first_row
               WHEN 3 THEN CASE WHEN l.was_r6 THEN (l.was).ended
                                WHEN l.was_r8 THEN CASE WHEN l.was IS DISTINCT FROM NULL THEN (l.was).d24 ELSE l.d24_fm_shifted END
                                WHEN l.was IS DISTINCT FROM NULL THEN (l.was).d12 ELSE l.d12_fm_shifted END
               WHEN 6 THEN l.effective_end_shifted WHEN 8 THEN l.d24_fm_shifted WHEN 9 THEN l.d12_fm_shifted
           END + 1 AS from_1,
           CASE l.first_row
               WHEN 3 THEN CASE WHEN l.was_r8 AND l.was_r9
                                THEN CASE WHEN l.was IS DISTINCT FROM NULL THEN (l.was).d12 ELSE l.d12_fm_shifted END END
               WHEN 8 THEN CASE WHEN l.r9 THEN l.d12_fm_shifted END
           END + 1 AS from_2,
           l.no_handover_date OR l.progress_end IS NULL OR l.is_gap AS r12a
    FROM led AS l
    OFFSET 0
), judged AS (
    SELECT j.*,
           -- A violation of a time before the laws that were read is left to a person.
           CASE WHEN j.from_1 < j.judged_from THEN 1 ELSE j.first_row END AS lead,
           CASE WHEN NOT j.terminated THEN NULL
                ELSE clock_add_months(j.termination_date, j.sale_months)
                     + CASE WHEN j.fm IS NULL THEN 0 ELSE coalesce((
                           SELECT sum(upper(part) - lower(part))::integer
                           FROM unnest(j.fm * datemultirange(daterange(
                                    j.termination_date + 1,
                                    clock_add_months(j.termination_date, j.sale_months), '[]'))) AS part), 0) END END AS termination_end,
           -- Begun only after the 12 months were over, and without an extension.
           j.begun AND coalesce(j.construction_start_date - 1 > j.d12_fm_shifted, false)
           AND NOT CASE WHEN j.has_extension
                        THEN EXISTS (SELECT FROM unnest(j.extension) AS x WHERE x.date < j.construction_start_date)
                        ELSE false END AS is_past_unused,
           -- Whether another row than the leading one may hold, and whether there may be anything to note.
           j.terminated OR j.r5 OR j.r12a OR j.complete OR j.special_regime IS NOT NULL
           OR j.r8 AND j.r9 OR (j.r9 OR j.has_extension) AND j.r11 OR j.r10 AND (j.r8 OR j.r9 OR j.r11)
           OR j.from_1 < j.judged_from AS may_have_also,
           j.adjusted IS NOT NULL OR j.extension IS NOT NULL OR j.from_1 < j.judged_from OR j.land_ha IS NULL
           OR j.handover_date > j.progress_end - j.delay_days
           OR j.d12 < j.off_from OR j.d12_fm_shifted > j.off_to OR j.d24 < j.off_from OR j.d24_fm_shifted > j.off_to
               AS may_have_notes
    FROM found AS j
    OFFSET 0
), noted AS (
    SELECT n.*,
           CASE WHEN n.may_have_notes IS NOT TRUE THEN n.notes_on_record
                ELSE n.notes_on_record || array_remove(ARRAY[
               CASE WHEN n.handover_date > n.progress_end - n.delay_days THEN 'handover_after_progress_end' END,
               CASE WHEN n.adjusted IS NULL THEN NULL
                    WHEN (n.progress_adjustments[n.adjusted]).decided
                         > clock_add_months(CASE WHEN n.adjusted = 1 OR (n.progress_adjustments[n.adjusted - 1]).decided IS NULL
                                                 THEN n.first_end
                                                 ELSE clock_progress_end(
                                                     (n.progress_adjustments[n.adjusted - 1]).progress_form,
                                                     (n.progress_adjustments[n.adjusted - 1]).progress_end_date,
                                                     (n.progress_adjustments[n.adjusted - 1]).progress_quarter,
                                                     (n.progress_adjustments[n.adjusted - 1]).progress_months,
                                                     n.handover_date, n.allocation_decision_date) END + n.delay_days,
                                            n.late_months) THEN 'adjusted_after_d24' END,
               CASE WHEN n.d12 < n.off_from OR n.d12 + n.fm12_days > n.off_to OR n.d24 < n.off_from
                         OR n.d24 + n.fm24_days > n.off_to OR n.effective_end < n.off_from OR n.effective_end > n.off_to
                    THEN 'provisional_date' END,
               CASE WHEN n.lead IN (6, 8, 9) AND n.land_ha IS NULL THEN 'area_unknown' END,
               CASE WHEN n.from_1 < n.judged_from THEN 'before_judged_laws' END], NULL)
               || CASE WHEN n.extension IS NULL THEN '{}'
                       ELSE (SELECT x FROM clock_extension_notes(n.extension, n.day, n.held, n.d24, n.progress_end,
                                                                 n.effective_end, n.extension_months) AS x) END
           END AS notes
    FROM judged AS n
    OFFSET 0
), laws AS (
    SELECT array_position(ARRAY['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9'], w.rule) AS place,
           coalesce(lower(w.valid), '-infinity'::date) AS law_from, coalesce(upper(w.valid), 'infinity'::date) AS law_to,
           to_json(w.law)::text AS told, w.mark = 'unverified' AS is_unverified
    FROM clock_laws AS w WHERE w.rule IN ('R6', 'R8', 'R9')
), verdict AS (
    SELECT v.*,
           (ARRAY['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10', 'R11', 'R12a', 'R12b'])[v.lead] AS rule,
           (ARRAY['MANUAL', 'COMPLETE', 'COMPLETE_LATE', 'TERMINATED', 'NO_CLOCK', 'EXT_EXPIRED', 'EXT_RUNNING', 'LATE_24M',
                  'UNUSED_12M', 'HOLD', 'LATE_UNDER_24M', 'DATA_GAP', 'ON_TRACK'])[v.lead] AS state,
           -- Rows that hold beside the leading one.
           CASE WHEN v.may_have_also IS NOT TRUE THEN '{}'
                ELSE array_remove(ARRAY[
                    CASE WHEN v.lead <> 1 AND v.special_regime IS NOT NULL THEN 'R1' END,
                    CASE WHEN v.lead <> 2 AND v.complete AND NOT (v.was_r6 OR v.was_r8 OR v.was_r9) THEN 'R2' END,
                    CASE WHEN v.lead <> 3 AND v.complete AND (v.was_r6 OR v.was_r8 OR v.was_r9) THEN 'R3' END,
                    CASE WHEN v.lead <> 4 AND v.terminated THEN 'R4' END, CASE WHEN v.lead <> 5 AND v.r5 THEN 'R5' END,
                    CASE WHEN v.lead <> 6 AND NOT v.complete AND v.day > v.effective_end_shifted THEN 'R6' END,
                    CASE WHEN v.lead <> 7 AND NOT v.complete AND v.day <= v.effective_end_shifted THEN 'R7' END,
                    CASE WHEN v.lead <> 8 AND NOT v.complete AND v.r8 THEN 'R8' END,
                    CASE WHEN v.lead <> 9 AND NOT v.complete AND v.r9 THEN 'R9' END,
                    CASE WHEN v.lead <> 10 AND NOT v.complete AND v.r10 THEN 'R10' END,
                    CASE WHEN v.lead <> 11 AND NOT v.complete AND v.r11 THEN 'R11' END,
                    CASE WHEN v.lead <> 12 AND v.r12a THEN 'R12a' END], NULL) END AS also,
           CASE WHEN NOT v.r12a THEN '{}'
                ELSE array_remove(ARRAY[CASE WHEN v.no_handover_date THEN 'handover_date' END,
                                        CASE WHEN v.progress_end IS NULL THEN 'progress_end_date' END,
                                        CASE WHEN v.is_gap THEN 'extension_end' END], NULL) END AS missing,
           v.d12 + v.fm12_days AS d12_fm, v.d24 + v.fm24_days AS d24_fm, v.d12 + 1 AS month13, v.d24 + 1 AS month25,
           (v.held).ends AS extension_end,
           v.termination_end - clock_add_months(v.termination_date, v.sale_months) AS fm_termination_days,
           CASE v.lead
               WHEN 4 THEN v.termination_end WHEN 7 THEN v.effective_end WHEN 11 THEN v.d24
               WHEN 13 THEN least(CASE WHEN NOT v.begun AND v.d12 >= v.day THEN v.d12 END,
                                  CASE WHEN v.progress_end >= v.day THEN v.progress_end END,
                                  CASE WHEN v.d24 >= v.day THEN v.d24 END) END AS due_on,
           CASE WHEN v.is_past_unused
                THEN jsonb_build_object('from', v.d12_fm_shifted + 1, 'to', v.construction_start_date) END AS past_unused,
           -- Put together as text, for that takes a third of the time.
           CASE WHEN v.row_1 IS NULL OR v.lead = 1 THEN '[]'
                ELSE ('[' || CASE v.row_1 WHEN 6 THEN '{"state": "EXT_EXPIRED"' WHEN 8 THEN '{"state": "LATE_24M"'
                                          ELSE '{"state": "UNUSED_12M"' END
                      || ', "from": ' || to_json(v.from_1)::text || ', "law": ' || coalesce(law_1.told, 'null') || ', "to": '
                      || CASE WHEN v.complete THEN to_json(v.all_items_complete_date)::text ELSE 'null' END
                      || CASE WHEN v.from_2 IS NULL THEN '}]'
                              ELSE '}, {"state": "UNUSED_12M", "from": ' || to_json(v.from_2)::text || ', "law": '
                                   || coalesce(law_2.told, 'null') || ', "to": '
                                   || CASE WHEN v.complete THEN to_json(v.all_items_complete_date)::text ELSE 'null' END
                                   || '}]' END)::jsonb END AS violations,
           CASE WHEN law_1.is_unverified AND v.lead <> 1 THEN v.notes || 'law_unverified'::text ELSE v.notes END AS warnings,
           CASE WHEN v.lead IN (6, 8, 9) THEN v.land_ha ELSE 0 END AS area_in_violation_ha
    FROM noted AS v
    LEFT JOIN laws AS law_1 ON law_1.place = v.row_1 AND v.from_1 >= law_1.law_from AND v.from_1 < law_1.law_to
    LEFT JOIN laws AS law_2 ON v.from_2 IS NOT NULL AND law_2.place = 9 AND v.from_2 >= law_2.law_from
                               AND v.from_2 < law_2.law_to
)
