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
create or replace table own_statements (
    company varchar not null,
    cadence_code varchar not null,
    period_ordinal bigint not null,
    article_id uuid not null,
    known_at timestamptz not null,
);

-- The cadences that each company's own statements have reported in, the one of most periods first.
create or replace table own_cadences (company varchar not null, cadences varchar[] not null);

-- an instant stands for the period it ends, of the cadence that the company reports in most
create or replace macro placed_cadence(cadence, last_day, cadences) as
    if(cadence = 'day', list_filter(cadences, lambda one: ends_period(one, last_day))[1], cadence);

create or replace macro placed_ordinal(cadence, last_day, cadences) as
    ordinal(placed_cadence(cadence, last_day, cadences), last_day);

-- In which statement each series began.
create or replace table series_starts (
    company varchar not null,
    metric varchar not null,
    "scope" varchar,
    series_id ubigint not null,
    cadence_code varchar not null,
    period_ordinal bigint not null,
    article_id uuid not null,
    unit_code varchar,
);

-- For which periods in a row each series was given, from the least number on that cadence_rules ask for.
create or replace table streaks (
    company varchar not null,
    metric varchar not null,
    "scope" varchar,
    scope_key varchar not null,
    series_id ubigint not null,
    cadence_code varchar not null,
    last_ordinal bigint not null,
    next_ordinal bigint,
    streak_count bigint not null,
    least_delay_days bigint not null,
);
