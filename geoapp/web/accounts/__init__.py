"""Who comes in, and who may do what: sessions, the guard before every view, pages of people and of the log."""
