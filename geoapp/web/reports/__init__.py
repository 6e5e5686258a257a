"""Reports, their templates and the page for the head of the board, on the screen."""
