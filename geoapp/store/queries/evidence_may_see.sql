SELECT may_see_park(:park_id)
