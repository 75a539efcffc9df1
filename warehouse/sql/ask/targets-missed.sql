-- Who missed the outlook that it had given?
select known_at::date as "on", company, metric, "scope", period, "quote", url
from told_events
where
    event_code = 'target_missed'
    and known_at >= $since
    and ($company is null or lower(company) = lower($company))
    and ($metric is null or metric = $metric)
order by known_at desc, company, metric, "scope"
