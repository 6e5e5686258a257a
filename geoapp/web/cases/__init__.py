"""Cases on the screen and for programs."""
