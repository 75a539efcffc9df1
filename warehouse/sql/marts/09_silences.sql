-- A metric that the company's own statements gave for at least three periods in a row, and that its own statement on
-- a later period, fetched and read, does not give. The proof must be of the kind that used to hold the metric: it
-- gives at least half of the figures that stood beside the metric when it was last given. And it must not come
-- earlier after its period than the metric ever did, less a tenth of the period: deliveries told on the second day of
-- a quarter do not show that the revenue told on the twentieth is missing. Nor may it name the metric.

-- Data: what is expected of each cadence. A metric is steady after so many periods in a row; its silence is proved by a
-- statement that comes no earlier after its period than the metric ever did, less the leeway; a figure that comes
-- within the grace after the statement counts as told with it.
create or replace view cadence_rules as
select * from (values
    ('month', 3, 3, 7),
    ('quarter', 3, 9, 21),
    ('half', 3, 18, 30),
    ('year', 3, 36, 45)
) as rules (cadence_code, least_streak, leeway_days, grace_days);

-- words of letters; of scripts that set no spaces between words, each two characters that follow one another
create or replace macro words_of(sentence) as list_distinct(list_concat(
    regexp_extract_all(lower(sentence), '[^\P{L}\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]{4,}'),
    flatten(list_transform(
        regexp_extract_all(sentence, '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]{2,}'),
        lambda run: list_transform(range(1, length(run)), lambda first: substring(run, first, 2))
    ))
));

create or replace table silences (
    company varchar not null,
    metric varchar not null,
    "scope" varchar,
    scope_key varchar not null,
    cadence_code varchar not null,
    period varchar not null,
    period_ordinal bigint not null,
    period_start_date date not null,
    period_end_date date not null,
    last_period varchar not null,
    streak_count bigint not null,
    silent_count bigint not null,
    companion_count bigint not null,
    companion_given_count bigint not null,
    article_id uuid not null,
    url varchar not null,
    title varchar,
    known_at timestamptz not null,
    first_recorded_at timestamptz not null,
    cleared_at timestamptz,
    replacement_metric varchar,
    replacement_scope varchar,
    series_id ubigint not null,
);
