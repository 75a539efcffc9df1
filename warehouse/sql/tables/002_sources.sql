create table sources (
    version_id uuid not null,
    source_id varchar not null,
    source_name varchar not null,
    kind_code varchar not null,
    listing_url varchar not null,
    authority_code varchar not null,
    company varchar,
    publisher varchar,
    language_code varchar,
    is_enabled boolean not null,
    recorded_at timestamptz not null,
);
