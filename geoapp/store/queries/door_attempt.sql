INSERT INTO login_attempts (login, address, succeeded) VALUES (:login, :address, :succeeded)
