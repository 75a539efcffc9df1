-- Every company, what is held of it, and a mark that is another whenever anything of it is.
with told as (
    select
        company,
        count(distinct metric) as metric_count,
        count(*) as claim_count,
        count(*) filter (status_code = 'withheld') as withheld_count,
        max(known_at) as known_at,
        bit_xor(hash(claim_id, known_at, known_until, is_own_statement)) as mark,
    from claim_history
    where known_until is null or known_until > known_at
    group by company
),

missing as (
    select
        company,
        count(*) filter (cleared_at is null and silent_count = 1) as silence_count,
        bit_xor(hash(series_id, period, known_at, cleared_at)) as mark,
    from silences
    group by company
),

changed as (
    select company, bit_xor(hash(event_id)) as mark from disclosure_events group by company
)

select
    told.company,
    current_companies.country_code,
    current_companies.ticker,
    told.metric_count,
    told.claim_count,
    told.withheld_count,
    coalesce(missing.silence_count, 0) as silence_count,
    (told.known_at at time zone 'UTC')::date as known_on,
    xor(told.mark, xor(coalesce(missing.mark, 0), coalesce(changed.mark, 0)))::varchar as mark,
from told
left join missing using (company)
left join changed using (company)
left join current_companies using (company)
order by lower(told.company), told.company
