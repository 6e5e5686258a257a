-- Failures that still count: of this name since its last success, and of this address, whatever the name.
SELECT (SELECT count(*) FROM login_attempts AS a
        WHERE a.login = :login AND NOT a.succeeded AND a.at > now() - make_interval(mins => :minutes)
          AND a.at > coalesce((SELECT max(s.at) FROM login_attempts AS s WHERE s.login = :login AND s.succeeded),
                              '-infinity')) AS of_login,
       (SELECT count(*) FROM login_attempts AS a
        WHERE a.address = :address AND NOT a.succeeded AND a.at > now() - make_interval(mins => :minutes)) AS of_address
