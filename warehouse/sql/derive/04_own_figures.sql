delete from own_figures
where article_id in (select readings.article_id from readings semi join stale_urls using (url));
insert into own_figures by name
select
    article_id,
    claim_id,
    series_id,
    company,
    metric,
    "scope",
    scope_key,
    measure_code,
    unit_code,
    cadence_code,
    is_labelled(cadence_code, period) as is_labelled,
    period_ordinal,
    period_end_date,
    known_at,
from touched_claims
where
    superseded_at is null
    and is_own_statement
    and basis_code = 'actual'
    and status_code = 'disclosed'
    and article_id in (select readings.article_id from readings semi join stale_urls using (url))
order by company, known_at, article_id, rowid;
