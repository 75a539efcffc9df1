-- What the derived tables have still to follow: normally nothing between two transactions.
create table stale_urls (url varchar not null);
create table touched_cells (cell_id ubigint not null, series_id ubigint not null, company varchar not null);
create table touched_series (series_id ubigint not null);
