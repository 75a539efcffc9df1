select
    pages.source_id,
    count(*) as claim_count,
    count(*) filter (claims.status_code = 'withheld') as withheld_count,
from claims
inner join pages using (page_id)
where claims.run_id = $run_id
group by pages.source_id
