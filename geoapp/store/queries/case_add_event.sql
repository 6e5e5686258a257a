-- One step; the database completes, checks and chains it.
INSERT INTO case_events (case_id, number, step, happened_on, document_no, document_on, months, reason, note, assignee_id, details)
VALUES (:case_id, :number, :step, :happened_on, :document_no, :document_on, :months, :reason, :note, :assignee_id,
        CAST(:details AS jsonb))
