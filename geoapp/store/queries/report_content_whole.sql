-- What a version says, for the operator: people have no right to read the column.
SELECT content FROM report_contents WHERE id = :content
