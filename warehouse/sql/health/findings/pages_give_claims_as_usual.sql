-- A source whose articles give less than half of the claims that they gave in the eight weeks before: its pages may have
-- been built anew, or an extractor does not read them any more.
with said as (
    select article_id, count(*) as claim_count from claims group by article_id
),

given as (
    select
        readings.source_id,
        readings.page_recorded_at > $now - interval 7 days as is_late,
        count(*) as article_count,
        sum(coalesce(said.claim_count, 0)) / count(*) as claims_a_page,
    from readings
    left join said using (article_id)
    where
        readings.superseded_at is null
        and readings.page_recorded_at > $now - interval 63 days
        and readings.page_recorded_at <= $now
    group by all
)

select
    late.source_id as subject,
    format('{:.1f} claims a page in a week, where {:.1f} are usual', late.claims_a_page, before.claims_a_page) as finding,
from given as late
inner join given as before on late.source_id = before.source_id and late.is_late and not before.is_late
where late.article_count >= 10 and before.article_count >= 10 and late.claims_a_page < before.claims_a_page / 2
