-- Land files are internal: who is signed in reads those of the own parks, who may edit them adds and corrects events.

CALL make_confidential('land_portions');
CALL make_confidential('land_portion_versions');
CALL make_confidential('land_events');

ALTER TABLE land_events ADD FOREIGN KEY (person_id) REFERENCES people;
GRANT SELECT ON land_portions, land_portion_versions, land_events TO geoapp_staff;
GRANT INSERT, UPDATE (recorded) ON land_events TO geoapp_staff;

-- Projects of which who acts may see the land file: those of the own parks. Asked once for a statement.
CREATE FUNCTION acting_projects() RETURNS integer[] LANGUAGE sql STABLE SET search_path = geoapp, public, pg_temp
AS $$
    SELECT coalesce(array_agg(DISTINCT v.project_id), '{}') FROM project_versions AS v
    WHERE upper_inf(v.recorded) AND v.park_id = ANY (acting_parks())
$$;
-- Whether a unit of a park may be told to who asks: the owner of the data, where nobody acts, is told of all.
CREATE FUNCTION may_tell_of_park(park_id integer) RETURNS boolean LANGUAGE sql STABLE
RETURN (SELECT acting_person() IS NULL OR sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[]);

CREATE POLICY read ON land_portions FOR SELECT TO geoapp_staff
    USING ((SELECT acting_may('read_internal'))
           AND ((SELECT sees_all_parks()) OR project_id = ANY ((SELECT acting_projects())::integer[])));
-- What a portion is, is seen by whoever sees the portion.
CREATE POLICY read ON land_portion_versions FOR SELECT TO geoapp_staff
    USING (land_portion_id IN (SELECT id FROM land_portions));
CREATE POLICY read ON land_events FOR SELECT TO geoapp_staff
    USING ((SELECT acting_may('read_internal'))
           AND ((SELECT sees_all_parks()) OR project_id = ANY ((SELECT acting_projects())::integer[])));
CREATE POLICY added ON land_events FOR INSERT TO geoapp_staff
    WITH CHECK ((SELECT acting_may('land_file_edit')) AND person_id = (SELECT acting_person())
                AND ((SELECT sees_all_parks()) OR project_id = ANY ((SELECT acting_projects())::integer[])));
CREATE POLICY closed ON land_events FOR UPDATE TO geoapp_staff
    USING ((SELECT acting_may('land_file_edit'))
           AND ((SELECT sees_all_parks()) OR project_id = ANY ((SELECT acting_projects())::integer[])));

-- Whoever changes what pages show renews the version of the data, without a right to that table.
ALTER FUNCTION renew_data_version() SECURITY DEFINER;

-- What people enter here has its source here.
INSERT INTO sources (key, title) VALUES ('entered-here', 'Cán bộ của Ban nhập trực tiếp trên hệ thống');
