-- Rows as a warehouse of version 51 held them: a company's statement and a report of it.
insert into runs (run_id, flow, started_at, finished_at, outcome_code, summary, page_count, article_count, claim_count, failure_count)
values ('00000000-0000-0000-0000-00000000000a', 'monitor', '2026-01-05 08:00:00+00', '2026-01-05 08:01:00+00', 'completed', '2 pages', 2, 2, 3, 0);

insert into sources (version_id, source_id, source_name, kind_code, listing_url, authority_code, company, publisher, language_code, is_enabled, recorded_at)
values
    ('00000000-0000-0000-0000-0000000000b1', 'acme_newsroom', 'Acme newsroom', 'feed', 'https://acme.example/feed', 'company', 'Acme', null, 'en', true, '2026-01-05 08:00:00+00'),
    ('00000000-0000-0000-0000-0000000000b2', 'wire', 'A wire', 'feed', 'https://wire.example/feed', 'wire', null, 'A wire', null, true, '2026-01-05 08:00:00+00');

insert into companies (version_id, company, country_code, ticker, cik, lei, recorded_at)
values ('00000000-0000-0000-0000-0000000000c1', 'Acme', 'NL', 'ACM', null, null, '2026-01-05 08:00:00+00');

insert into metrics (version_id, metric, metric_name, usual_units, description, recorded_at)
values ('00000000-0000-0000-0000-0000000000d1', 'revenue', 'Revenue', 'money', null, '2026-01-05 08:00:00+00');

insert into coverage (look_id, run_id, source_id, url, stage_code, outcome_code, found_count, read_count, error, looked_at, etag, last_modified)
values ('00000000-0000-0000-0000-0000000000e1', '00000000-0000-0000-0000-00000000000a', 'wire', null, 'discover', 'ok', 1, 1, null, '2026-01-05 08:00:30+00', '"v7"', null);

insert into pages (page_id, url, source_id, fetched_at, http_status, content_type, etag, last_modified, archive_file, archive_offset, body_bytes, body_sha256, recorded_at, run_id)
values
    ('00000000-0000-0000-0000-000000000f01', 'https://acme.example/q4', 'acme_newsroom', '2026-01-05 08:00:10+00', 200, 'text/html', null, null, 'a.warc.gz', 0, 3, 'ba7816bf', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a'),
    ('00000000-0000-0000-0000-000000000f02', 'https://wire.example/acme', 'wire', '2026-01-05 08:00:20+00', 200, 'text/html', null, null, 'a.warc.gz', 99, 3, 'ba7816bf', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a');

insert into articles (article_id, page_id, title, text, published, published_date, published_precision_code, language_code, issuer, publisher, extractor_version, known_at, recorded_at, run_id)
values
    ('00000000-0000-0000-0000-00000000aa01', '00000000-0000-0000-0000-000000000f01', 'Fourth quarter', 'Revenue was EUR 1,237 million. We no longer report unit sales.', '2026-01-04', '2026-01-04', 'day', 'en', 'Acme', null, '1', '2026-01-04 23:59:59+00', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a'),
    ('00000000-0000-0000-0000-00000000aa02', '00000000-0000-0000-0000-000000000f02', 'Acme earns more', 'Acme sold for 1.2 billion euros.', '2026-01-04', '2026-01-04', 'day', 'en', null, 'A wire', '1', '2026-01-04 23:59:59+00', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a');

insert into sightings (sighting_id, page_id, url, source_id, sighted_at, recorded_at, run_id)
values
    ('00000000-0000-0000-0000-00000000cc01', '00000000-0000-0000-0000-000000000f01', 'https://acme.example/q4', 'acme_newsroom', '2026-01-05 08:00:10+00', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a'),
    ('00000000-0000-0000-0000-00000000cc02', '00000000-0000-0000-0000-000000000f02', 'https://wire.example/acme', 'wire', '2026-01-05 08:00:20+00', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a');

insert into claims (claim_id, article_id, page_id, company, metric, scope, basis_code, measure_code, status_code, period, period_start_date, period_end_date, value_low, value_high, unit_code, is_approx, quote, quote_in, quote_start, quote_end, confidence, rule, known_at, recorded_at, run_id, scope_key, cell_id)
values
    (1, '00000000-0000-0000-0000-00000000aa01', '00000000-0000-0000-0000-000000000f01', 'Acme', 'revenue', null, 'actual', 'level', 'disclosed', '2025-Q4', '2025-10-01', '2025-12-31', 1237000000, 1237000000, 'EUR', false, 'Revenue was EUR 1,237 million.', 'text', 0, 30, 0.9, 'figure', '2026-01-04 23:59:59+00', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a', '', cell_id('Acme', 'revenue', '', 'actual', 'level', '2025-10-01', '2025-12-31')),
    (2, '00000000-0000-0000-0000-00000000aa01', '00000000-0000-0000-0000-000000000f01', 'Acme', 'unit_sales', null, 'actual', 'level', 'withheld', '2025-Q4/..', '2025-10-01', null, null, null, null, null, 'We no longer report unit sales.', 'text', 31, 62, 0.9, 'refusal', '2026-01-04 23:59:59+00', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a', '', cell_id('Acme', 'unit_sales', '', 'actual', 'level', '2025-10-01', null)),
    (3, '00000000-0000-0000-0000-00000000aa02', '00000000-0000-0000-0000-000000000f02', 'Acme', 'revenue', null, 'actual', 'level', 'disclosed', '2025-Q4', '2025-10-01', '2025-12-31', 1200000000, 1200000000, 'EUR', false, 'Acme sold for 1.2 billion euros.', 'text', 0, 32, 0.9, 'figure', '2026-01-04 23:59:59+00', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a', '', cell_id('Acme', 'revenue', '', 'actual', 'level', '2025-10-01', '2025-12-31'));

insert into archive_records (record_id, page_id, url, record_kind_code, archive_file, archive_offset, archive_bytes, payload_digest, fetched_at, recorded_at, run_id)
select uuid(), page_id, url, 'response', archive_file, archive_offset, 900, 'sha1:HVORPAAJG4IYJA4QLLU4JZ3GS3SBRW3P', fetched_at, recorded_at, run_id
from pages;

insert into listings (listing_id, source_id, url, fetched_at, etag, last_modified, archive_file, archive_offset, is_complete, recorded_at, run_id)
values ('00000000-0000-0000-0000-0000000000aa', 'wire', 'https://wire.example/feed', '2026-01-05 08:00:00+00', '"v10"', null, 'a.warc.gz', 0, true, '2026-01-05 08:00:00+00', '00000000-0000-0000-0000-00000000000a');

insert into rereadings (page_id, extractor_version, result_code, recorded_at, run_id)
values ('00000000-0000-0000-0000-000000000f01', '2', 'same', '2026-01-06 08:00:00+00', '00000000-0000-0000-0000-00000000000a');

insert into fresh_pages values ('00000000-0000-0000-0000-0000000000ff');
insert into announcements (announcement_id, event_code, company, metric, scope, basis_code, period, period_start_date, period_end_date, series_id, quote, title, url, known_at, recorded_at, run_id)
values ('00000000-0000-0000-0000-00000000ee01', 'stopped', 'Acme', 'unit_sales', null, 'actual', '2025-Q4/..', '2025-10-01', null, series_id('Acme', 'unit_sales', ''), 'We no longer report unit sales.', 'Fourth quarter', 'https://acme.example/q4', '2026-01-04 23:59:59+00', '2026-01-05 08:00:40+00', '00000000-0000-0000-0000-00000000000a');
insert into channels values ('prefect', '2026-01-01 00:00:00+00');
insert into deliveries values ('00000000-0000-0000-0000-00000000ee01', 'prefect', '2026-01-05 08:01:00+00');
insert into outbox values ('00000000-0000-0000-0000-00000000ee01', 'mail', '00000000-0000-0000-0000-00000000dd01', '2026-01-05 08:01:00+00');
