-- How many open cases each tab of the work list has, none counted further than the cap.
SELECT (SELECT count(*) FROM (SELECT FROM cases WHERE is_open AND assignee_id = acting_person() LIMIT :cap) AS few) AS mine,
       (SELECT count(*) FROM (SELECT FROM cases WHERE is_open AND due_key < current_date LIMIT :cap) AS few) AS overdue,
       (SELECT count(*) FROM (SELECT FROM cases WHERE is_open AND assignee_id IS NULL LIMIT :cap) AS few) AS unassigned,
       (SELECT count(*) FROM (SELECT FROM cases WHERE is_open LIMIT :cap) AS few) AS open
