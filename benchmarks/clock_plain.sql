-- The peer: joins the same five relations and compares the dates, without working days, intervals inside a window, or notes.
SELECT u.project_id, u.unit, x.ends, u.handover_date + interval '12 months' AS d12, g.ends + interval '24 months' AS d24,
       CASE WHEN u.all_items_complete_date <= '%(as_of)s'::date THEN 'COMPLETE'
            WHEN u.termination_date <= '%(as_of)s'::date THEN 'TERMINATED'
            WHEN x.ends + coalesce(f.days, 0) < '%(as_of)s'::date THEN 'EXT_EXPIRED'
            WHEN x.ends IS NOT NULL THEN 'EXT_RUNNING'
            WHEN g.ends + interval '24 months' < '%(as_of)s'::date THEN 'LATE_24M'
            WHEN u.construction_start_date IS NULL AND u.handover_date + interval '12 months' < '%(as_of)s'::date THEN 'UNUSED_12M'
            WHEN g.ends < '%(as_of)s'::date THEN 'LATE_UNDER_24M'
            WHEN u.handover_date IS NULL OR g.ends IS NULL THEN 'DATA_GAP'
            ELSE 'ON_TRACK' END AS state
FROM clock_units_at('%(as_of)s'::date, now()) AS u
LEFT JOIN (SELECT project_id, unit, max(progress_end_date) AS ends FROM clock_adjustments_at('%(as_of)s'::date, now())
           WHERE decided <= '%(as_of)s'::date GROUP BY project_id, unit) AS a ON a.project_id = u.project_id AND a.unit = u.unit
LEFT JOIN (SELECT project_id, unit, sum(to_date - from_date + 1)::integer AS days
           FROM clock_force_majeure_at('%(as_of)s'::date, now()) GROUP BY project_id, unit) AS f
  ON f.project_id = u.project_id AND f.unit = u.unit
LEFT JOIN (SELECT project_id, unit, sum(to_date - from_date + 1)::integer AS days
           FROM clock_delays_at('%(as_of)s'::date, now()) GROUP BY project_id, unit) AS d
  ON d.project_id = u.project_id AND d.unit = u.unit
LEFT JOIN (SELECT project_id, unit, max(coalesce(end_date, (decided + make_interval(months => months))::date)) AS ends
           FROM clock_extensions_at('%(as_of)s'::date, now()) WHERE decided <= '%(as_of)s'::date GROUP BY project_id, unit) AS x
  ON x.project_id = u.project_id AND x.unit = u.unit
CROSS JOIN LATERAL (SELECT coalesce(a.ends, u.progress_end_date, (u.handover_date
                                    + make_interval(months => u.progress_months))::date) + coalesce(d.days, 0) AS ends) AS g
