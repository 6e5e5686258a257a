"""Maps taken away: what a sheet shows, from the state of the screen, one by one and by the hundred."""
