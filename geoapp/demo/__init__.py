"""The demonstration set: made from the registry and a recipe, the same bytes every time; reads files, no database."""
