-- The events, the latest known first, each with its sentence or its proof. Parameters: $companies and $metric (null
-- for all), $limit (null for all), $limit_by_metric: the newest of each metric only (null for all).
select
    events.event_id::varchar as event_id,
    events.event_code as event,
    events.company,
    events.metric,
    events."scope",
    events.basis_code as basis,
    events.period,
    events.known_at,
    events.first_recorded_at,
    claims."quote",
    claims.value_low as low,
    claims.value_high as high,
    claims.unit_code as unit,
    claims.is_approx,
    before.value_low as low_before,
    before.value_high as high_before,
    before.unit_code as unit_before,
    before.is_approx as is_approx_before,
    events.replacement_metric,
    readings.title,
    readings.url,
from disclosure_events as events
left join claims on events.claim_id = claims.claim_id
left join claims as before on events.before_claim_id = before.claim_id
left join readings on events.article_id = readings.article_id and readings.superseded_at is null
where
    ($companies is null or list_contains($companies, events.company))
    and ($metric is null or events.metric = $metric)
qualify
    coalesce(
        row_number() over (
            partition by events.metric order by events.known_at desc, events.company, events.event_id
        ) <= $limit_by_metric,
        true
    )
order by events.known_at desc, events.company, events.metric, events.event_id
limit $limit
