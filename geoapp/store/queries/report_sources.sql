-- Sources by their titles, with who publishes them.
SELECT title, max(publisher) AS publisher, max(published) AS published, max(address) AS address
FROM sources WHERE title = ANY (:titles) GROUP BY title ORDER BY title
