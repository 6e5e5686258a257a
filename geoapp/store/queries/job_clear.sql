-- Jobs that ended so many days ago, with their files.
DELETE FROM jobs WHERE ended_at < now() - make_interval(days => :keep_days)
