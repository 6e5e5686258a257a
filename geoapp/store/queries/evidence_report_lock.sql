SELECT id FROM field_reports WHERE id = :id AND person_id = acting_person() FOR UPDATE
