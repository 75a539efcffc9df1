create table rereadings (
    page_id uuid not null,
    extractor_version varchar not null,
    result_code varchar not null,
    recorded_at timestamptz not null,
    run_id uuid not null,
);

alter table coverage add column since_date date;
alter table coverage add column until_date date;
