UPDATE people SET disabled_at = CASE WHEN :is_disabled THEN coalesce(disabled_at, now()) END WHERE id = :person_id
