delete from stale_urls;
delete from touched_cells;
delete from touched_series;
