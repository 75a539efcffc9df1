-- A source whose pages come days after they were known, and three times as late as in the eight weeks before.
with lags as (
    select
        readings.source_id,
        readings.page_recorded_at > $now - interval 7 days as is_late,
        count(*) as article_count,
        median(date_diff('minute', readings.known_at, readings.page_recorded_at) / 1440) as days,
    from readings
    inner join pages using (page_id)
    semi join (select run_id from runs where flow = 'monitor') as monitored on pages.run_id = monitored.run_id
    where
        readings.superseded_at is null
        and readings.page_recorded_at > $now - interval 63 days
        and readings.page_recorded_at <= $now
    group by all
)

select
    late.source_id as subject,
    format('pages come {:.1f} days after they were published, where {:.1f} are usual', late.days, before.days) as finding,
from lags as late
inner join lags as before on late.source_id = before.source_id and late.is_late and not before.is_late
where late.article_count >= 5 and before.article_count >= 5 and late.days > 2 and late.days > 3 * before.days
