"""Files in: read, understand, check, commit. One way in for all."""
