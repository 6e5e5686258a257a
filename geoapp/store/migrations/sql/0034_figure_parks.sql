-- Who is held to some parks enters and decides figures of parks for these only, as he reads no others.
DROP POLICY stepped ON target_figures;
CREATE POLICY stepped ON target_figures FOR INSERT TO geoapp_staff
    WITH CHECK (((SELECT acting_may('figure_enter')) OR (SELECT acting_may('report_approve')))
                AND (park_id IS NULL OR (SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[])));
