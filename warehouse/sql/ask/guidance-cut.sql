-- Who lowered its outlook?
select
    events.known_at::date as "on",
    events.company,
    events.metric,
    events."scope",
    events.period,
    claims."quote",
    readings.url,
from disclosure_events as events
left join claims using (claim_id)
inner join readings on events.article_id = readings.article_id and readings.superseded_at is null
where
    events.event_code in ('guidance_cut')
    and events.known_at >= $since
    and ($company is null or lower(events.company) = lower($company))
    and ($metric is null or events.metric = $metric)
order by events.known_at desc, events.company, events.metric, events."scope"
