-- A metric that the company's own statements gave for at least three periods in a row, and that its own statement on
-- a later period, fetched and read, does not give. The proof must be of the kind that used to hold the metric: it
-- gives at least half of the figures that stood beside the metric when it was last given. And it must not come
-- earlier after its period than the metric ever did, less a tenth of the period: deliveries told on the second day of
-- a quarter do not show that the revenue told on the twentieth is missing. Nor may it name the metric.

create or replace macro words_of(sentence) as
    list_distinct(regexp_extract_all(lower(sentence), '\p{L}{4,}'));

-- null for every company; one company's are found without reading the others' claims
create or replace macro silences_of(name) as table
with said as (
    select * from current_claims
    where basis_code = 'actual' and (name is null or company = name)
),

statements as (
    select * from own_statements
    where name is null or company = name
),

cadences as (
    select company, cadence_code, count(distinct period_ordinal) as period_count
    from statements
    group by company, cadence_code
),

own_levels as (
    select * from said
    where
        is_own_statement
        and status_code = 'disclosed'
        and measure_code = 'level'
),

-- an instant stands for the period it ends, of the cadence that the company reports in most
own_figures as (
    select * from own_levels where period_ordinal is not null
    union all
    select
        own_levels.* replace (
            cadences.cadence_code as cadence_code,
            ordinal(cadences.cadence_code, own_levels.period_end_date) as period_ordinal
        )
    from own_levels
    inner join cadences
        on own_levels.company = cadences.company
        and own_levels.cadence_code = 'day'
        and ends_period(cadences.cadence_code, own_levels.period_end_date)
    qualify row_number() over (
        partition by own_levels.claim_id order by cadences.period_count desc, cadences.cadence_code
    ) = 1
),

given as (
    select
        company, metric, scope_key, cadence_code, period_ordinal,
        arg_max(scope, known_at) as scope,
        min(datediff('day', period_end_date, (known_at at time zone 'UTC')::date)) as delay_days,
    from own_figures
    group by company, metric, scope_key, cadence_code, period_ordinal
),

numbered as (
    select
        *,
        period_ordinal - row_number() over (
            partition by company, metric, scope_key, cadence_code order by period_ordinal
        ) as island,
    from given
),

streaks as (
    select
        company, metric, scope_key, cadence_code,
        arg_max(scope, period_ordinal) as scope,
        max(period_ordinal) as last_ordinal,
        count(*) as streak_count,
        min(delay_days) as least_delay_days,
    from numbered
    group by company, metric, scope_key, cadence_code, island
),

-- the streak that each later statement of the company comes after
expected as (
    select
        streaks.*,
        statements.period_ordinal,
        statements.article_id,
        statements.url,
        statements.title,
        statements.known_at,
        statements.page_recorded_at,
    from streaks
    inner join statements
        on streaks.company = statements.company
        and streaks.cadence_code = statements.cadence_code
        and streaks.last_ordinal < statements.period_ordinal
    qualify streaks.last_ordinal = max(streaks.last_ordinal) over (
        partition by
            streaks.company, streaks.metric, streaks.scope_key, streaks.cadence_code, statements.period_ordinal
    )
),

-- no figure and no refusal for the period from anyone, and not a word of the metric for it in the statement itself
missing as (
    select *
    from expected
    where
        streak_count >= 3
        and datediff(
            'day', ordinal_last_day(cadence_code, period_ordinal), (known_at at time zone 'UTC')::date
        ) >= least_delay_days - 3 * cadence_months(cadence_code)
        and not exists (
            select 1 from said
            where
                said.company = expected.company
                and said.metric = expected.metric
                and said.scope_key = expected.scope_key
                and (
                    (
                        said.measure_code = 'level'
                        and said.cadence_code in (expected.cadence_code, 'day')
                        and said.period_end_date
                        = ordinal_last_day(expected.cadence_code, expected.period_ordinal)
                    )
                    or (
                        said.status_code = 'withheld'
                        and coalesce(said.period_start_date, '-infinity')
                        <= ordinal_last_day(expected.cadence_code, expected.period_ordinal)
                        and coalesce(said.period_end_date, 'infinity')
                        >= ordinal_first_day(expected.cadence_code, expected.period_ordinal)
                    )
                    or (
                        said.article_id = expected.article_id
                        and coalesce(said.period_end_date, 'infinity')
                        >= ordinal_first_day(expected.cadence_code, expected.period_ordinal)
                    )
                )
        )
),

-- its name: the words that its last three sentences have in common, and no other figure's in the same statements
last_sentences as (
    select
        unproved.company, unproved.metric, unproved.scope_key, unproved.cadence_code, unproved.last_ordinal,
        own_figures.period_ordinal, own_figures.article_id, words_of(own_figures.quote) as words,
    from (select distinct company, metric, scope_key, cadence_code, last_ordinal from missing) as unproved
    inner join own_figures
        on unproved.company = own_figures.company
        and unproved.metric = own_figures.metric
        and unproved.scope_key = own_figures.scope_key
        and unproved.cadence_code = own_figures.cadence_code
        and own_figures.period_ordinal between unproved.last_ordinal - 2 and unproved.last_ordinal
),

names as (
    select company, metric, scope_key, cadence_code, last_ordinal, word
    from (select * exclude (words), unnest(words) as word from last_sentences)
    group by all
    having count(distinct period_ordinal) = 3
),

other_words as (
    select distinct
        last_sentences.company, last_sentences.metric, last_sentences.scope_key, last_sentences.cadence_code,
        last_sentences.last_ordinal,
        unnest(words_of(own_levels.quote)) as word,
    from last_sentences
    inner join own_levels using (company, article_id)
    where (own_levels.metric, own_levels.scope_key) <> (last_sentences.metric, last_sentences.scope_key)
),

own_names as (
    select * from names anti join other_words using (company, metric, scope_key, cadence_code, last_ordinal, word)
),

-- a statement that names the metric is no proof: its figure may have escaped the extractors
unnamed as (
    select missing.*
    from missing
    inner join articles using (article_id)
    where not exists (
        select 1 from own_names
        where
            own_names.company = missing.company
            and own_names.metric = missing.metric
            and own_names.scope_key = missing.scope_key
            and own_names.cadence_code = missing.cadence_code
            and own_names.last_ordinal = missing.last_ordinal
            and contains(lower(articles.text), own_names.word)
    )
),

last_given_in as (
    select distinct
        streaks.company, streaks.metric, streaks.scope_key, streaks.cadence_code, streaks.last_ordinal,
        own_figures.article_id,
    from streaks
    inner join own_figures
        on streaks.company = own_figures.company
        and streaks.metric = own_figures.metric
        and streaks.scope_key = own_figures.scope_key
        and streaks.cadence_code = own_figures.cadence_code
        and streaks.last_ordinal = own_figures.period_ordinal
),

companions as (
    select distinct
        last_given_in.company, last_given_in.metric, last_given_in.scope_key, last_given_in.cadence_code,
        last_given_in.last_ordinal,
        own_figures.metric as companion_metric,
        own_figures.scope_key as companion_scope_key,
    from last_given_in
    inner join own_figures
        on last_given_in.article_id = own_figures.article_id
        and last_given_in.company = own_figures.company
        and last_given_in.cadence_code = own_figures.cadence_code
        and last_given_in.last_ordinal = own_figures.period_ordinal
    where (own_figures.metric, own_figures.scope_key) <> (last_given_in.metric, last_given_in.scope_key)
),

weighed as (
    select
        unnamed.*,
        count(*) as companion_count,
        count(*) filter (
            where exists (
                select 1 from own_figures
                where
                    own_figures.article_id = unnamed.article_id
                    and own_figures.company = unnamed.company
                    and own_figures.metric = companions.companion_metric
                    and own_figures.scope_key = companions.companion_scope_key
                    and own_figures.cadence_code = unnamed.cadence_code
                    and own_figures.period_ordinal = unnamed.period_ordinal
            )
        ) as companion_given_count,
    from unnamed
    inner join companions using (company, metric, scope_key, cadence_code, last_ordinal)
    group by all
),

proved as (
    select * from weighed
    where 2 * companion_given_count >= companion_count
    qualify row_number() over (
        partition by company, metric, scope_key, cadence_code, period_ordinal
        order by companion_given_count desc, known_at, article_id
    ) = 1
)

select
    company,
    metric,
    scope,
    scope_key,
    cadence_code,
    ordinal_label(cadence_code, period_ordinal) as period,
    period_ordinal,
    ordinal_first_day(cadence_code, period_ordinal) as period_start_date,
    ordinal_last_day(cadence_code, period_ordinal) as period_end_date,
    ordinal_label(cadence_code, last_ordinal) as last_period,
    streak_count,
    row_number() over (
        partition by company, metric, scope_key, cadence_code, last_ordinal order by period_ordinal
    ) as silent_count,
    companion_count,
    companion_given_count,
    article_id,
    url,
    title,
    known_at,
    page_recorded_at as first_recorded_at,
from proved;

create or replace view silences as
select * from silences_of(null);
