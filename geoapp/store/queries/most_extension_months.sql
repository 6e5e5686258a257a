SELECT most_extension_months(CAST(:decided AS date)) AS months
