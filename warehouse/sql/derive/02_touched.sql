-- the cells of every claim that was ever read at a stale address
delete from touched_cells;
insert into touched_cells by name
select distinct cell_id, series_id(company, metric, scope_key) as series_id, company
from claims
where article_id in (select readings.article_id from readings semi join stale_urls using (url));

-- and every claim in them
create or replace temp table touched_claims as
select told.*, touched_cells.series_id from claims_told(true) as told inner join touched_cells using (cell_id);
