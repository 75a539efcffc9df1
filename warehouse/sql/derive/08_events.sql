delete from disclosure_events
where
    cell_id in (select touched_cells.cell_id from touched_cells)
    or (cell_id is null and series_id in (select touched_series.series_id from touched_series))
    or (event_code = 'redefined' and company in (select touched_cells.company from touched_cells));
insert into disclosure_events by name select * from stale_cell_events;
insert into disclosure_events by name select * from stale_series_events;
insert into disclosure_events by name select * from stale_replacements;
