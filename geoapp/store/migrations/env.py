"""Alembic's entry: works on the connection that ``geoapp.store.migrate`` hands over, in its transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table_schema="geoapp", transaction_per_migration=False)
context.run_migrations()
