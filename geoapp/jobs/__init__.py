"""Workers: they take long work out of the queue. The only room that knows the library of the queue and psycopg 3."""
