-- the rule is told in marts/09_silences.sql
create or replace temp table touched_quotes as
select claim_id, "quote" from claims
where claim_id in (
    select touched_figures.claim_id from touched_figures semi join steady_companies using (company)
    where touched_figures.measure_code = 'level'
);

insert into silences by name
with own as (
    select * from touched_figures semi join steady_companies using (company)
),

-- what anyone said of a period, figure or refusal
said as (
    select * from best_now semi join steady_companies using (company)
    where basis_code = 'actual'
),

statements as (
    select company, cadence_code, max(period_ordinal) as period_ordinal, article_id, min(known_at) as known_at
    from own
    where period_ordinal is not null
    group by company, cadence_code, article_id
),

cadences as (
    select company, cadence_code, count(distinct period_ordinal) as period_count
    from statements
    group by company, cadence_code
),

own_levels as (
    select * from own where measure_code = 'level'
),

-- an instant stands for the period it ends, of the cadence that the company reports in most
own_figures_placed as (
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
        company, metric, scope_key, series_id, cadence_code, period_ordinal,
        arg_max("scope", known_at) as "scope",
        min(datediff('day', period_end_date, (known_at at time zone 'UTC')::date)) as delay_days,
    from own_figures_placed
    group by company, metric, scope_key, series_id, cadence_code, period_ordinal
),

-- one that comes later than the three before it did, and by more than the grace, had been missing until then
on_time as (
    select given.*
    from given
    inner join cadence_rules using (cadence_code)
    qualify coalesce(
        delay_days <= grace_days + max(delay_days) over (
            partition by series_id, cadence_code order by period_ordinal rows between 3 preceding and 1 preceding
        ),
        true
    )
),

numbered as (
    select
        *,
        period_ordinal - row_number() over (partition by series_id, cadence_code order by period_ordinal) as island,
    from on_time
),

streaks as (
    select
        company, metric, scope_key, series_id, cadence_code,
        arg_max("scope", period_ordinal) as "scope",
        max(period_ordinal) as last_ordinal,
        count(*) as streak_count,
        min(delay_days) as least_delay_days,
    from numbered
    group by company, metric, scope_key, series_id, cadence_code, island
),

followed as (
    select
        *,
        lead(last_ordinal, 1, 1_000_000) over (partition by series_id, cadence_code order by last_ordinal) as next_ordinal,
    from streaks
),

-- the streak that each later statement of the company comes after
expected as (
    select
        followed.*,
        statements.period_ordinal,
        ordinal_first_day(followed.cadence_code, statements.period_ordinal) as first_day,
        ordinal_last_day(followed.cadence_code, statements.period_ordinal) as last_day,
        statements.article_id,
        statements.known_at,
        cadence_rules.grace_days,
        cadence_rules.leeway_days,
    from followed
    inner join cadence_rules
        on followed.cadence_code = cadence_rules.cadence_code
        and followed.streak_count >= cadence_rules.least_streak
    inner join statements
        on followed.company = statements.company
        and followed.cadence_code = statements.cadence_code
        and statements.period_ordinal > followed.last_ordinal
        and statements.period_ordinal <= followed.next_ordinal
),

-- not a word of the metric for the period in the statement itself
unsaid as (
    select *
    from expected
    where
        datediff('day', last_day, (known_at at time zone 'UTC')::date) >= least_delay_days - leeway_days
        and not exists (
            select 1 from own
            where
                own.series_id = expected.series_id
                and own.article_id = expected.article_id
                and coalesce(own.period_end_date, 'infinity') >= expected.first_day
        )
),

-- when anyone first gave a figure or a refusal for the period
answers as (
    select
        unsaid.series_id, unsaid.cadence_code, unsaid.period_ordinal, unsaid.article_id,
        min(said.first_told_at) as answered_at,
    from unsaid
    inner join said
        on unsaid.series_id = said.series_id
        and (
            (
                said.measure_code = 'level'
                and said.cadence_code in (unsaid.cadence_code, 'day')
                and said.period_end_date = unsaid.last_day
            )
            or (
                said.status_code = 'withheld'
                and coalesce(said.period_start_date, '-infinity') <= unsaid.last_day
                and coalesce(said.period_end_date, 'infinity') >= unsaid.first_day
            )
            -- one that is of the statement, but not among its figures
            or (
                said.article_id = unsaid.article_id
                and coalesce(said.period_end_date, 'infinity') >= unsaid.first_day
            )
        )
    group by all
),

missing as (
    select unsaid.*, answers.answered_at as cleared_at
    from unsaid
    left join answers using (series_id, cadence_code, period_ordinal, article_id)
    where answered_at is null or answered_at > unsaid.known_at + to_days(grace_days)
),

-- its name: the words that its last three sentences have in common, and no other figure's in the same statements
last_sentences as (
    select
        unproved.series_id, unproved.cadence_code, unproved.last_ordinal,
        own_figures_placed.period_ordinal, own_figures_placed.article_id, words_of(touched_quotes."quote") as words,
    from (select distinct series_id, cadence_code, last_ordinal from missing) as unproved
    inner join own_figures_placed
        on unproved.series_id = own_figures_placed.series_id
        and unproved.cadence_code = own_figures_placed.cadence_code
        and own_figures_placed.period_ordinal between unproved.last_ordinal - 2 and unproved.last_ordinal
    inner join touched_quotes using (claim_id)
),

names as (
    select series_id, cadence_code, last_ordinal, word
    from (select * exclude (words), unnest(words) as word from last_sentences)
    group by all
    having count(distinct period_ordinal) = 3
),

-- the first and the last of the series that hold a word in one statement
word_holders as (
    select article_id, word, min(series_id) as first_series_id, max(series_id) as last_series_id
    from (
        select own_levels.article_id, own_levels.series_id, unnest(words_of(touched_quotes."quote")) as word
        from own_levels
        inner join touched_quotes using (claim_id)
        where own_levels.article_id in (select last_sentences.article_id from last_sentences)
    )
    where word in (select names.word from names)
    group by article_id, word
),

held_by_others as (
    select distinct last_sentences.series_id, last_sentences.cadence_code, last_sentences.last_ordinal, word_holders.word
    from last_sentences
    inner join word_holders using (article_id)
    where
        word_holders.first_series_id <> last_sentences.series_id
        or word_holders.last_series_id <> last_sentences.series_id
),

own_names as (
    select * from names anti join held_by_others using (series_id, cadence_code, last_ordinal, word)
),

-- a statement that names the metric is no proof: its figure may have escaped the extractors
unnamed as (
    select missing.*
    from missing
    inner join articles using (article_id)
    where not exists (
        select 1 from own_names
        where
            own_names.series_id = missing.series_id
            and own_names.cadence_code = missing.cadence_code
            and own_names.last_ordinal = missing.last_ordinal
            and contains(lower(articles.text), own_names.word)
    )
),

last_given_in as (
    select distinct streaks.company, streaks.series_id, streaks.cadence_code, streaks.last_ordinal, placed.article_id
    from streaks
    inner join own_figures_placed as placed
        on streaks.series_id = placed.series_id
        and streaks.cadence_code = placed.cadence_code
        and streaks.last_ordinal = placed.period_ordinal
),

companions as (
    select distinct
        last_given_in.series_id, last_given_in.cadence_code, last_given_in.last_ordinal,
        placed.series_id as companion_id,
    from last_given_in
    inner join own_figures_placed as placed
        on last_given_in.article_id = placed.article_id
        and last_given_in.company = placed.company
        and last_given_in.cadence_code = placed.cadence_code
        and last_given_in.last_ordinal = placed.period_ordinal
    where placed.series_id <> last_given_in.series_id
),

weighed as (
    select
        unnamed.*,
        count(*) as companion_count,
        count(*) filter (
            where exists (
                select 1 from own_figures_placed as placed
                where
                    placed.article_id = unnamed.article_id
                    and placed.series_id = companions.companion_id
                    and placed.cadence_code = unnamed.cadence_code
                    and placed.period_ordinal = unnamed.period_ordinal
            )
        ) as companion_given_count,
    from unnamed
    inner join companions using (series_id, cadence_code, last_ordinal)
    group by all
),

proved as (
    select * from weighed
    where 2 * companion_given_count >= companion_count
    qualify row_number() over (
        partition by series_id, cadence_code, period_ordinal order by companion_given_count desc, known_at, article_id
    ) = 1
),

-- what began in the statement that no longer gave the metric: of the same unit first
began as (
    select
        company, metric, "scope", series_id, cadence_code, article_id, period_ordinal, unit_code
    from own_figures_placed
    qualify
        period_ordinal = min(period_ordinal) over (partition by series_id, cadence_code)
        and known_at = min(known_at) over (partition by series_id)
),

replaced as (
    select
        proved.series_id, proved.cadence_code, proved.period_ordinal,
        began.metric as replacement_metric, began."scope" as replacement_scope,
    from proved
    inner join began
        on proved.article_id = began.article_id
        and proved.company = began.company
        and proved.cadence_code = began.cadence_code
        and proved.period_ordinal = began.period_ordinal
    inner join (
        select distinct series_id, cadence_code, unit_code, period_ordinal as last_ordinal from own_figures_placed
    ) as lost
        on proved.series_id = lost.series_id
        and proved.cadence_code = lost.cadence_code
        and proved.last_ordinal = lost.last_ordinal
    where began.series_id <> proved.series_id
    qualify row_number() over (
        partition by proved.series_id, proved.cadence_code, proved.period_ordinal
        order by began.unit_code is distinct from lost.unit_code, began.metric, began."scope" nulls first
    ) = 1
)

select
    proved.company,
    proved.metric,
    proved."scope",
    proved.scope_key,
    proved.cadence_code,
    ordinal_label(proved.cadence_code, proved.period_ordinal) as period,
    proved.period_ordinal,
    proved.first_day as period_start_date,
    proved.last_day as period_end_date,
    ordinal_label(proved.cadence_code, proved.last_ordinal) as last_period,
    proved.streak_count,
    row_number() over (
        partition by proved.series_id, proved.cadence_code, proved.last_ordinal order by proved.period_ordinal
    ) as silent_count,
    proved.companion_count,
    proved.companion_given_count,
    proved.article_id,
    readings.url,
    readings.title,
    proved.known_at,
    readings.page_recorded_at as first_recorded_at,
    proved.cleared_at,
    replaced.replacement_metric,
    replaced.replacement_scope,
    proved.series_id,
from proved
inner join readings on proved.article_id = readings.article_id and readings.superseded_at is null
left join replaced using (series_id, cadence_code, period_ordinal);
drop table touched_quotes;

insert into touched_series select series_id from silences where company in (select touched_cells.company from touched_cells);
