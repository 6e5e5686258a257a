"""What must run before the packages of Python are there: the set-up, the browser assets, the hook of the wheel."""
