-- A step of a version. Args: number - one more than the last event that was seen.
INSERT INTO report_events (version_id, number, step, document_no, signed_on, signer, note)
VALUES (:version, :number, :step, :document_no, :signed_on, :signer, :note)
