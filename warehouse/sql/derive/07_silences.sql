-- What is missing, proved: the statement is of the kind that used to hold the metric, and does not name it.

-- in which statements each was given for the last three periods
create or replace temp table last_figures as
select distinct
    unproved.company, unproved.series_id, unproved.cadence_code, unproved.last_ordinal,
    placed_ordinal(own.cadence_code, own.period_end_date, own_cadences.cadences) as period_ordinal,
    own.article_id, own.claim_id, own.unit_code,
from (select distinct company, series_id, cadence_code, last_ordinal from missing) as unproved
inner join (
    select * from own_figures
    where
        measure_code = 'level'
        and is_touched(company)
        and series_id in (select missing.series_id from missing)
) as own using (series_id)
inner join own_cadences on own.company = own_cadences.company
where
    placed_cadence(own.cadence_code, own.period_end_date, own_cadences.cadences) = unproved.cadence_code
    and placed_ordinal(own.cadence_code, own.period_end_date, own_cadences.cadences)
    between unproved.last_ordinal - 2 and unproved.last_ordinal;

-- and all that stood beside it there, and stands in what may be the proof
create or replace temp table figures_beside as
select
    own.company, own.article_id, own.series_id, own.claim_id,
    placed_cadence(own.cadence_code, own.period_end_date, own_cadences.cadences) as cadence_code,
    placed_ordinal(own.cadence_code, own.period_end_date, own_cadences.cadences) as period_ordinal,
from (
    select * from own_figures
    where
        measure_code = 'level'
        and is_touched(company)
        and article_id in (select last_figures.article_id from last_figures union all select missing.article_id from missing)
) as own
inner join own_cadences using (company);

create or replace temp table weighed as
with companions as (
    select distinct
        last_figures.series_id, last_figures.cadence_code, last_figures.last_ordinal,
        beside.series_id as companion_id,
    from last_figures
    inner join figures_beside as beside
        on last_figures.article_id = beside.article_id
        and last_figures.company = beside.company
        and last_figures.cadence_code = beside.cadence_code
        and last_figures.last_ordinal = beside.period_ordinal
    where last_figures.period_ordinal = last_figures.last_ordinal and beside.series_id <> last_figures.series_id
),

told as (
    select distinct article_id, series_id, cadence_code, period_ordinal from figures_beside
)

select
    missing.*,
    count(*) as companion_count,
    count(told.series_id) as companion_given_count,
from missing
inner join companions using (series_id, cadence_code, last_ordinal)
left join told
    on missing.article_id = told.article_id
    and companions.companion_id = told.series_id
    and missing.cadence_code = told.cadence_code
    and missing.period_ordinal = told.period_ordinal
group by all
having 2 * count(told.series_id) >= count(*);

create or replace temp table words_beside as
select
    figures_beside.company, figures_beside.article_id, figures_beside.series_id, figures_beside.claim_id, words_of(told."quote") as words
from figures_beside
inner join (
    select claim_id, "quote" from claims
    where is_touched(company) and claim_id in (
        select figures_beside.claim_id from figures_beside
        where figures_beside.article_id in (
            select last_figures.article_id from last_figures semi join weighed using (series_id, cadence_code, last_ordinal)
        )
    )
) as told using (claim_id);

insert into silences_now by name
-- its name: the words that its last three sentences have in common, and no other figure's in the same statements
with last_sentences as (
    select last_figures.*, words_beside.words
    from last_figures
    semi join weighed using (series_id, cadence_code, last_ordinal)
    inner join words_beside using (claim_id)
),

names as (
    select series_id, cadence_code, last_ordinal, word
    from (select * exclude (words), unnest(words) as word from last_sentences)
    group by all
    having count(distinct period_ordinal) = 3
),

-- the first and the last of the series that hold a word in one statement
word_holders as (
    select company, article_id, word, min(series_id) as first_series_id, max(series_id) as last_series_id
    from (select company, article_id, series_id, unnest(words) as word from words_beside)
    where word in (select names.word from names)
    group by company, article_id, word
),

held_by_others as (
    select distinct last_sentences.series_id, last_sentences.cadence_code, last_sentences.last_ordinal, word_holders.word
    from last_sentences
    inner join word_holders using (company, article_id)
    where
        word_holders.first_series_id <> last_sentences.series_id
        or word_holders.last_series_id <> last_sentences.series_id
),

own_names as (
    select * from names anti join held_by_others using (series_id, cadence_code, last_ordinal, word)
),

proofs as (
    select article_id, lower(text) as text from articles where article_id in (select weighed.article_id from weighed)
),

-- a statement that names the metric is no proof: its figure may have escaped the extractors
unnamed as (
    select weighed.*
    from weighed
    inner join proofs using (article_id)
    where not exists (
        select 1 from own_names
        where
            own_names.series_id = weighed.series_id
            and own_names.cadence_code = weighed.cadence_code
            and own_names.last_ordinal = weighed.last_ordinal
            and contains(proofs.text, own_names.word)
    )
),

proved as (
    select * from unnamed
    qualify row_number() over (
        partition by series_id, cadence_code, period_ordinal order by companion_given_count desc, known_at, article_id
    ) = 1
),

-- what began in the statement that no longer gave the metric: of the same unit first
replaced as (
    select
        proved.series_id, proved.cadence_code, proved.period_ordinal,
        began.metric as replacement_metric, began."scope" as replacement_scope,
    from proved
    inner join (
        select * from series_starts where is_touched(company)
    ) as began
        on proved.article_id = began.article_id
        and proved.company = began.company
        and proved.cadence_code = began.cadence_code
        and proved.period_ordinal = began.period_ordinal
    inner join last_figures as lost
        on proved.series_id = lost.series_id
        and proved.cadence_code = lost.cadence_code
        and proved.last_ordinal = lost.last_ordinal
        and lost.period_ordinal = lost.last_ordinal
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
insert into silences by name select * from silences_now order by company, known_at;
drop table last_figures;
drop table figures_beside;
drop table weighed;
drop table words_beside;
