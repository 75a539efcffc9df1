-- What is told to those who watch: the events that the monitor's pages made known, as they were then, and who was told.
create table fresh_pages (page_id uuid not null);
create table announcements (
    announcement_id uuid not null,
    event_code varchar not null,
    company varchar not null,
    metric varchar not null,
    "scope" varchar,
    basis_code varchar not null,
    period varchar,
    period_start_date date,
    period_end_date date,
    series_id ubigint not null,
    value_low decimal(38, 6),
    value_high decimal(38, 6),
    unit_code varchar,
    is_approx boolean,
    before_value_low decimal(38, 6),
    before_value_high decimal(38, 6),
    before_unit_code varchar,
    is_before_approx boolean,
    replacement_metric varchar,
    "quote" varchar,
    title varchar,
    url varchar not null,
    known_at timestamptz not null,
    recorded_at timestamptz not null,
    run_id uuid not null,
);
create table channels (channel varchar not null, opened_at timestamptz not null);
create table deliveries (announcement_id uuid not null, channel varchar not null, delivered_at timestamptz not null);
