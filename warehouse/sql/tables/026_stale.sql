-- Loads mark addresses; of those follow the readings and the facts that are to be derived afresh, whole companies at a time.
create table stale_articles (article_id uuid not null);
create table stale_cells (cell_id ubigint not null, series_id ubigint not null, company varchar not null);
