-- Something told of a task; the trigger of the table looks at right and day.
INSERT INTO task_updates (task_id, happened_on, state, note, person_id)
SELECT t.id, :happened_on, :state, :note, acting_person() FROM tasks AS t WHERE t.code = :code
RETURNING id
