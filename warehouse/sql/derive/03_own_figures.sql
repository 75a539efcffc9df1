-- what the stale articles told of before and tell of now: the figures, and the periods that they are statements on
create or replace temp table touched_figures as
select company, series_id, cadence_code, period_end_date from own_figures
where
    article_id in (select touched_articles.article_id from touched_articles)
    and is_touched(company);
create or replace temp table touched_statements as
select company, cadence_code, period_ordinal from own_statements
where
    article_id in (select touched_articles.article_id from touched_articles)
    and is_touched(company);

delete from own_figures
where
    article_id in (select touched_articles.article_id from touched_articles)
    and is_touched(company);
create or replace temp table new_figures as
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
    and article_id in (select touched_articles.article_id from touched_articles)
order by company, known_at, article_id, rowid;
insert into own_figures by name select * from new_figures;
insert into touched_figures select company, series_id, cadence_code, period_end_date from new_figures;

delete from own_statements
where
    article_id in (select touched_articles.article_id from touched_articles)
    and is_touched(company);
create or replace temp table new_statements as
select company, cadence_code, max(period_ordinal) as period_ordinal, article_id, min(known_at) as known_at
from new_figures
where period_ordinal is not null
group by company, cadence_code, article_id
order by company, known_at, article_id;
insert into own_statements by name select * from new_statements;
insert into touched_statements select company, cadence_code, period_ordinal from new_statements;
drop table new_figures;
drop table new_statements;

-- Where a company has come to report in other cadences most, its instants stand for other periods: all of it is afresh.
create or replace temp table new_cadences as
select company, list(cadence_code order by period_count desc, cadence_code) as cadences
from (
    select company, cadence_code, count(distinct period_ordinal) as period_count
    from own_statements
    where is_touched(company)
    group by company, cadence_code
)
group by company;
create or replace temp table replaced_companies as
select company
from touched_companies
left join own_cadences using (company)
left join new_cadences using (company)
where own_cadences.cadences is distinct from new_cadences.cadences;
delete from touched_series;
insert into touched_series select distinct series_id from touched_cells;
insert into touched_series
select distinct series_id from own_figures
where
    company in (select replaced_companies.company from replaced_companies)
    and series_id not in (select touched_cells.series_id from touched_cells);
delete from own_cadences where is_touched(company);
insert into own_cadences by name select * from new_cadences;
drop table new_cadences;
