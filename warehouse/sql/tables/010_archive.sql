create table archive_records (
    record_id uuid not null,
    page_id uuid,
    url varchar not null,
    record_kind_code varchar not null,
    archive_file varchar not null,
    archive_offset bigint not null,
    archive_bytes bigint,
    payload_digest varchar,
    fetched_at timestamptz not null,
    recorded_at timestamptz not null,
    run_id uuid not null,
);

-- pages that were archived before records had an index
insert into archive_records
select
    md5(concat_ws(' ', archive_file, archive_offset))::uuid,
    page_id,
    url,
    if(starts_with(url, 'file:'), 'resource', 'response'),
    archive_file,
    archive_offset,
    null,
    null,
    fetched_at,
    recorded_at,
    run_id
from pages;

create table listings (
    listing_id uuid not null,
    source_id varchar not null,
    url varchar not null,
    fetched_at timestamptz not null,
    etag varchar,
    last_modified varchar,
    archive_file varchar,
    archive_offset bigint,
    is_complete boolean not null,
    recorded_at timestamptz not null,
    run_id uuid not null,
);
