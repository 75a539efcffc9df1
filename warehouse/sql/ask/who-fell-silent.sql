-- Who dropped a steady metric without a word, and in which statement is it missing?
select known_at::date as "on", company, metric, "scope", period, streak_count as given_before, cleared_at::date as given_on, url
from silences
where
    silent_count = 1
    and known_at >= $since
    and ($company is null or lower(company) = lower($company))
    and ($metric is null or metric = $metric)
order by known_at desc, company, metric, "scope"
