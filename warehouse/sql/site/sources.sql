-- Every source: when it was last looked at, what was found and read in all, and what last failed.
with looks as (
    select
        source_id,
        max(looked_at) as looked_at,
        max(looked_at) filter (url is null and outcome_code in ('ok', 'unchanged')) as answered_at,
        sum(found_count) filter (url is null) as found_count,
        count(distinct url) filter (url is not null and outcome_code = 'ok') as page_count,
        count(*) filter (outcome_code = 'failed') as failure_count,
        arg_max(outcome_code, looked_at) filter (url is null) as outcome_code,
        arg_max(error, looked_at) filter (outcome_code = 'failed') as error,
        max(looked_at) filter (outcome_code = 'failed') as failed_at,
    from coverage
    group by source_id
)

select
    current_sources.source_id,
    current_sources.source_name,
    current_sources.kind_code,
    current_sources.authority_code,
    current_sources.company,
    current_sources.language_code,
    current_sources.is_enabled,
    looks.* exclude (source_id),
from current_sources
left join looks using (source_id)
order by current_sources.is_enabled desc, current_sources.source_id
