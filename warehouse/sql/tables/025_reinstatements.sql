create table reinstatements (
    article_id uuid not null,
    recorded_at timestamptz not null,
    run_id uuid not null,
);
