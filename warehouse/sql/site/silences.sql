-- Which metrics are missing from companies' own statements, and since when that is known. Parameter: $companies.
select
    company,
    metric,
    "scope",
    period,
    period_start_date as first_day,
    period_end_date as last_day,
    last_period,
    streak_count,
    replacement_metric,
    (known_at at time zone 'UTC')::date as known_on,
    (cleared_at at time zone 'UTC')::date as cleared_on,
    title,
    url,
from silences
where list_contains($companies, company)
order by company, metric, scope_key, period_end_date
