-- Who said that it will no longer give a metric?
select known_at::date as "on", company, metric, "scope", period, "quote", url
from told_events
where
    event_code = 'stopped'
    and known_at >= $since
    and ($company is null or lower(company) = lower($company))
    and ($metric is null or metric = $metric)
order by known_at desc, company, metric, "scope"
