-- The parks of whose cases who asks may see any.
SELECT k.slug::text AS slug, w.name_vi, w.name_en
FROM parks AS k JOIN park_versions AS w ON w.park_id = k.id
WHERE upper_inf(w.recorded) AND w.valid @> current_date AND (sees_all_parks() OR k.id = ANY (acting_parks()))
ORDER BY w.name_vi
