-- at each moment one claim stands for a fact, and it is one that is held
select 'two stand now' as what, cell_id::varchar as id from best_now group by cell_id having count(*) > 1
union all
select 'two stood at once', cell_id::varchar
from (
    select
        cell_id,
        stands_from < max(stands_until) over (
            partition by cell_id order by stands_from, stands_until rows between unbounded preceding and 1 preceding
        ) as is_overlapping,
    from (
        select cell_id, stands_from, stands_until from best_before
        union all
        select cell_id, stands_from, 'infinity'::timestamptz from best_now
    )
)
where is_overlapping
union all
select 'not held', claim_id::varchar from best_now anti join claims using (claim_id)
union all
select 'event without its claim', event_id::varchar
from disclosure_events
where claim_id is not null and claim_id not in (select claims.claim_id from claims)
