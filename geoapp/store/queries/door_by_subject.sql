-- Who the provider of single sign-on means: linked before, or by the name where nobody is linked to it yet.
SELECT p.id, p.login, p.issuer IS NOT NULL AS is_linked
FROM people AS p
WHERE p.disabled_at IS NULL
  AND ((p.issuer = :issuer AND p.subject = :subject) OR (p.issuer IS NULL AND p.login = :login))
ORDER BY p.issuer IS NULL
LIMIT 1
