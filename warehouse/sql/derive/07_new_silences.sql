insert into silences by name select * from stale_silences;
insert into touched_series select series_id from silences where company in (select touched_cells.company from touched_cells);
