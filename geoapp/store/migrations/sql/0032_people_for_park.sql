-- Who may do something in a park, by name, so that a page can say to whom a thing is left. The parks of others are not for
-- everybody to read: only names come out, and only to who is signed in.
CREATE FUNCTION people_for_park(permission text, park_id integer) RETURNS TABLE (name text, department text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = geoapp, public, pg_temp
AS $$
    SELECT p.name, p.department
    FROM people AS p
    JOIN role_permissions AS r ON r.role = p.role AND r.permission = people_for_park.permission
    WHERE (SELECT acting_role()) IS NOT NULL AND p.disabled_at IS NULL
      AND (NOT EXISTS (SELECT FROM person_parks AS k WHERE k.person_id = p.id)
           OR EXISTS (SELECT FROM person_parks AS k WHERE k.person_id = p.id AND k.park_id = people_for_park.park_id))
    ORDER BY p.department NULLS LAST, p.name
$$;
REVOKE EXECUTE ON FUNCTION people_for_park(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_for_park(text, integer) TO geoapp_staff;
