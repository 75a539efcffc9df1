-- News that the Prefect server was not told for a day.
select 'prefect' as subject, format('{} events are not emitted, the first of {}', count(*), strftime(min(recorded_at), '%Y-%m-%d')) as finding
from announcements
anti join (select announcement_id from deliveries where channel = 'prefect') using (announcement_id)
semi join disclosure_events using (event_code, series_id, basis_code)
where
    recorded_at <= $now - interval 1 day
    and known_at >= recorded_at - to_hours($news_hours)
    and recorded_at >= (select min(opened_at) from channels where channel = 'prefect')
having count(*) > 0
