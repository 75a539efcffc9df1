-- a silence that ends, and one that begins, are of series that the new statement does not hold
delete from touched_series;
insert into touched_series select distinct series_id from touched_cells;
insert into touched_series select series_id from silences where company in (select touched_cells.company from touched_cells);
delete from silences where company in (select touched_cells.company from touched_cells);

create or replace temp table touched_figures as
select * from own_figures where company in (select touched_cells.company from touched_cells);

-- the companies whose statements gave some metric often enough to be missed
create or replace temp table steady_companies as
select distinct company
from (
    select company from touched_figures
    where measure_code = 'level'
    group by company, series_id
    having count(distinct period_end_date) >= (select min(cadence_rules.least_streak) from cadence_rules)
);
