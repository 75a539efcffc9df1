create table companies (
    version_id uuid not null,
    company varchar not null,
    country_code varchar,
    ticker varchar,
    cik varchar,
    lei varchar,
    recorded_at timestamptz not null,
);

create table metrics (
    version_id uuid not null,
    metric varchar not null,
    metric_name varchar,
    usual_units varchar,
    description varchar,
    recorded_at timestamptz not null,
);
