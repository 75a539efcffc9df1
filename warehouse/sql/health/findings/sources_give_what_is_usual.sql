-- A source with less than a tenth of the new pages of a week that the eight weeks before had.
with fetched as (
    select
        source_id,
        count(*) filter (fetched_at > $now - interval 7 days) as page_count,
        count(*) filter (fetched_at <= $now - interval 7 days) / 8 as usual_count,
        min(fetched_at) as first_fetched_at,
    from pages
    semi join (select run_id from runs where flow = 'monitor') using (run_id)
    where fetched_at > $now - interval 63 days and fetched_at <= $now
    group by source_id
)

select
    source_id as subject,
    format('{} new pages in a week, where {:.0f} are usual', page_count, usual_count) as finding,
from fetched
semi join (select source_id from current_sources where is_enabled) using (source_id)
where usual_count >= 3 and page_count < usual_count / 10 and first_fetched_at < $now - interval 14 days
