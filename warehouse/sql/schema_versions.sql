create table if not exists schema_versions (
    version integer not null,
    step varchar not null,
    digest varchar not null,
    applied_at timestamptz not null,
);
