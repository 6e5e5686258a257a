"""PostGIS, and nobody else talks to it: the private cluster, migrations, connections, loading, reading, backup."""
