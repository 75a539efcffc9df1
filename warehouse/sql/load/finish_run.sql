-- the one row in the warehouse that gets its end written in; an end once written stays
update runs
set
    finished_at = $finished_at,
    outcome_code = $status,
    page_count = $pages,
    article_count = $articles,
    claim_count = $claims,
    failure_count = $failures
where run_id = $run_id and finished_at is null
