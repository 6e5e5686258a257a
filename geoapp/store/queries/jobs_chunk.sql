SELECT body FROM job_chunks WHERE file_id = :file_id AND number = :number
