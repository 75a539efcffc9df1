create table robots (
    robots_id uuid not null,
    origin varchar not null,
    body varchar not null,
    fetched_at timestamptz not null,
    recorded_at timestamptz not null,
    run_id uuid not null,
);
