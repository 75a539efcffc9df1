select distinct since_date, until_date
from coverage
where
    source_id = $source_id
    and url is null
    and outcome_code in ('ok', 'unchanged')
    and since_date is not null
    and looked_at::date > until_date
