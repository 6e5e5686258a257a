UPDATE field_reports SET sent_at = :sent_at, receipt_sha256 = :receipt, case_id = :case_id WHERE id = :id AND sent_at IS NULL
