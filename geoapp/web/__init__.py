"""The only room with Flask: thin views over services, templates, static files. It never speaks to the database."""
