-- a silence that ends, and one that begins, are of series that the new statement does not hold
delete from touched_series;
insert into touched_series select distinct series_id from touched_cells;
insert into touched_series select series_id from silences where company in (select touched_cells.company from touched_cells);
delete from silences where company in (select touched_cells.company from touched_cells);
