-- Open cases by state: how many, with how much land, and how many are overdue.
SELECT state, count(*) AS cases, sum(area_ha) AS area_ha, count(*) FILTER (WHERE due_on < current_date) AS overdue
FROM cases WHERE is_open
GROUP BY state
ORDER BY array_position(ARRAY['proposed', 'confirmed', 'check_proposed', 'notified', 'extended', 'recovery_proposed', 'remedied'],
                        state)
