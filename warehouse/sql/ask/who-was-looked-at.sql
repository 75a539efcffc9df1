-- What was looked at, day by day: found, read, failed and why?
select
    looked_at::date as "on",
    source_id,
    count(*) filter (where url is null) as looks,
    sum(found_count) as found,
    count(*) filter (where url is not null and outcome_code = 'ok') as "read",
    count(*) filter (where outcome_code = 'failed') as failed,
    any_value(error) filter (where outcome_code = 'failed') as why,
from coverage
where looked_at >= $since
group by all
order by 1 desc, 2
