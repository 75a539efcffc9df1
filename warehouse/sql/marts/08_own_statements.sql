-- The figures that companies' own statements report, narrow: what cadences, streaks and silences are found by.
create or replace table own_figures (
    article_id uuid not null,
    claim_id ubigint not null,
    series_id ubigint not null,
    company varchar not null,
    metric varchar not null,
    "scope" varchar,
    scope_key varchar not null,
    measure_code varchar not null,
    unit_code varchar,
    cadence_code varchar not null,
    is_labelled boolean not null,
    period_ordinal bigint,
    period_end_date date,
    known_at timestamptz not null,
);

-- What a company's own statement reports on: of each cadence the latest period among its reported figures. The
-- figures of earlier periods that stand beside them for comparison do not make it a statement on those.
create or replace view own_statements as
select
    company,
    cadence_code,
    max(period_ordinal) as period_ordinal,
    article_id,
    min(known_at) as known_at,
from own_figures
where period_ordinal is not null
group by company, cadence_code, article_id;
