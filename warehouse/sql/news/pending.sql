-- What a channel has still to be told: what was announced since it is there, was known lately then, and is still so; and
-- whatever is under way to it, unless a run that took it may be sending it now.
select
    announcement_id, event_code as event, company, metric, "scope", basis_code as basis, period, value_low as low,
    value_high as high, unit_code as unit, is_approx, before_value_low as low_before, before_value_high as high_before,
    before_unit_code as unit_before, is_before_approx as is_approx_before, replacement_metric, "quote", title, url,
    known_at, recorded_at, message_id,
from announcements
anti join (select announcement_id from deliveries where channel = $channel) using (announcement_id)
left join (select announcement_id, message_id, taken_at from outbox where channel = $channel) using (announcement_id)
where
    case when message_id is null then
        recorded_at >= (select min(channels.opened_at) from channels where channels.channel = $channel)
        and ($recorded_before is null or recorded_at < $recorded_before)
        and known_at >= recorded_at - to_hours($news_hours)
        and exists (
            select 1 from disclosure_events as events
            where
                events.event_code = announcements.event_code
                and events.series_id = announcements.series_id
                and events.basis_code = announcements.basis_code
                and events.period_start_date is not distinct from announcements.period_start_date
                and events.period_end_date is not distinct from announcements.period_end_date
        )
    else taken_at is null or taken_at < $abandoned_before end
order by known_at, company, metric, announcement_id
