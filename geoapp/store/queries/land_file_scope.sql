-- Whether who acts may see and edit the land file of a project.
SELECT sees_all_parks() OR CAST(:project_id AS integer) = ANY (acting_projects()) AS is_own
