-- A source that was asked in vain each of its last three times.
with asked as (
    select source_id, outcome_code, error, looked_at
    from coverage
    where url is null and since_date is null
    qualify row_number() over (partition by source_id order by looked_at desc) <= 3
)

select source_id as subject, 'failed at its last three looks: ' || arg_max(error, looked_at) as finding
from asked
semi join (select source_id from current_sources where is_enabled) using (source_id)
group by source_id
having count(*) = 3 and bool_and(outcome_code = 'failed')
