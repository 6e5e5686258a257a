-- Part of a statement: from the relation "listed" (units with the rules that hold for them and the day that is judged) to "source",
-- with what can be told of a unit before any date is computed. It is told first, so that the stages to come carry fewer columns.
source AS (
    SELECT k.*, c.complete,
           c.complete AND k.construction_start_date IS NOT NULL AND k.construction_start_evidence IS NOT NULL AS is_started,
           coalesce(k.termination_date <= k.day, false) AS terminated,
           k.handover_date IS NULL AND k.no_handover IS NOT TRUE AS no_handover_date,
           coalesce(k.no_handover, false) OR coalesce(k.handover_date > k.day, false) AS r5,
           least(k.handover_area_ha, k.area_ha) AS land_ha,
           -- What held on the day before completion, as things stood then, where anything was decided on a day of its own.
           CASE WHEN c.complete AND (k.progress_adjustments IS NOT NULL OR k.extension IS NOT NULL
                                     OR k.fm_intervals IS NOT NULL)
                THEN (SELECT h::clock_past
                      FROM clock_day(
                          ROW(k.special_regime, k.land_basis, k.allocation_decision_date, k.handover_date,
                              k.handover_record_no, k.no_handover, k.area_ha, k.handover_area_ha, k.progress_form,
                              k.progress_end_date, k.progress_quarter, k.progress_months, k.progress_source,
                              k.construction_start_date, k.construction_start_evidence, k.all_items_complete_date,
                              k.all_items_complete_evidence, k.inspection_decision_date, k.inspection_report_date,
                              k.extension_request_date, k.published_date, k.remedied_date, k.termination_date,
                              k.progress_adjustments, k.fm_intervals, k.delay_intervals, k.extension)::clock_unit,
                          k.all_items_complete_date - 1,
                          ROW(k.valid_from, k.valid_to, k.unused_months, k.late_months, k.extension_months, k.sale_months,
                              k.judged_from, k.shift_deadlines, k.shift_extension, k.window_days, k.number_needed,
                              k.off_from, k.off_to, k.shifts)::clock_period) AS h) END AS was,
           -- Notes on what is on record.
           CASE WHEN k.allocation_decision_date IS NULL OR k.handover_area_ha IS NULL OR k.no_handover
                     OR k.construction_start_date IS NOT NULL AND k.construction_start_evidence IS NULL
                     OR k.all_items_complete_date IS NOT NULL AND k.all_items_complete_evidence IS NULL
                     OR k.all_items_complete_date < k.construction_start_date
                     OR k.progress_adjustments IS NOT NULL OR k.fm_intervals IS NOT NULL OR k.delay_intervals IS NOT NULL
                THEN array_remove(ARRAY[
               CASE WHEN k.allocation_decision_date IS NULL THEN 'no_allocation_decision_date' END,
               CASE WHEN k.handover_area_ha IS NULL THEN 'no_handover_area' END,
               CASE WHEN k.construction_start_date IS NOT NULL AND k.construction_start_evidence IS NULL
                    THEN 'start_without_evidence' END,
               CASE WHEN k.all_items_complete_date IS NOT NULL AND k.all_items_complete_evidence IS NULL
                    THEN 'completion_without_evidence' END,
               CASE WHEN k.all_items_complete_date < k.construction_start_date THEN 'completed_before_start' END,
               CASE WHEN k.no_handover AND k.construction_start_date <= k.day AND k.construction_start_evidence IS NOT NULL
                    THEN 'no_handover_but_started' END,
               CASE WHEN k.progress_adjustments IS NULL THEN NULL
                    WHEN (k.progress_adjustments[1]).decided IS NULL THEN 'adjustment_undated' END,
               CASE WHEN k.fm_intervals IS NULL THEN NULL
                    WHEN EXISTS (SELECT FROM unnest(k.fm_intervals) AS i
                                 WHERE (i.decided_by = 'chairman' AND i."from" <= i."to"
                                        AND (i.document IS NOT NULL OR NOT k.number_needed)) IS NOT TRUE)
                    THEN 'force_majeure_without_effect' END,
               CASE WHEN k.delay_intervals IS NULL THEN NULL
                    WHEN EXISTS (SELECT FROM unnest(k.delay_intervals) AS i
                                 WHERE (i.document IS NOT NULL AND i."from" <= i."to") IS NOT TRUE)
                    THEN 'delay_without_effect' END], NULL) ELSE '{}' END AS notes_on_record
    FROM listed AS k
    CROSS JOIN LATERAL (SELECT k.all_items_complete_evidence IS NOT NULL
                               AND coalesce(k.all_items_complete_date <= k.day, false) AS complete) AS c
    OFFSET 0
)
