"""Pure computing, no I/O."""
