-- Whether who asks is told of all parks: a report tells of the whole board or is not made.
SELECT acting_person() IS NULL OR sees_all_parks() AS sees_all
