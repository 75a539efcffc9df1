create table coverage (
    look_id uuid not null,
    run_id uuid not null,
    source_id varchar not null,
    url varchar,
    stage_code varchar not null,
    outcome_code varchar not null,
    found_count bigint not null,
    read_count bigint not null,
    error varchar,
    looked_at timestamptz not null,
    etag varchar,
    last_modified varchar,
);
