-- the one row in the warehouse that gets its end written in; an end once written stays
update runs
set
    finished_at = $finished_at,
    outcome_code = $status,
    summary = $summary,
    page_count = (select count(*) from pages where pages.run_id = $run_id),
    article_count = (select count(*) from articles where articles.run_id = $run_id),
    claim_count = (select count(*) from claims where claims.run_id = $run_id),
    failure_count = (select count(*) from coverage where coverage.run_id = $run_id and outcome_code = 'failed')
where run_id = $run_id and finished_at is null
