-- a slice of what is stale: whole companies, one after the other
create or replace temp table touched_companies as
select company
from (
    select company, sum(count(*)) over (order by company) - count(*) as cells_before
    from stale_cells
    group by company
)
where cells_before < getvariable('slice_cells');
delete from touched_cells;
insert into touched_cells by name
select distinct cell_id, series_id, company from stale_cells semi join touched_companies using (company);
set variable few_companies = (select if(count(*) <= 100, list(company), null) from touched_companies);
delete from stale_cells where company in (select touched_companies.company from touched_companies);
create or replace temp table touched_articles as select distinct article_id from stale_articles;

-- every claim in them
create or replace temp table touched_claims as
select told.*, touched_cells.series_id from claims_told(true) as told inner join touched_cells using (cell_id);
