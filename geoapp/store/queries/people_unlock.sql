DELETE FROM login_attempts WHERE login = :login
