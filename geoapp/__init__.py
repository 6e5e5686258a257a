"""geoapp: the working map of a board of economic zones and industrial parks."""
