create table runs (
    run_id uuid not null,
    flow varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    outcome_code varchar not null,
    summary varchar,
    page_count bigint,
    article_count bigint,
    claim_count bigint,
    failure_count bigint,
);
