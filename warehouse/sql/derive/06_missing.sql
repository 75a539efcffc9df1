-- The streaks whose silences are afresh, as what these rest on has changed: how long they lasted, the statements in which
-- they ended or that came after them, what was told of the periods since, what began in the proof of a silence.
create or replace temp table followed_streaks as
select
    *,
    ordinal_first_day(cadence_code, last_ordinal + 1) as silent_from,
    coalesce(ordinal_last_day(cadence_code, next_ordinal - 1), 'infinity') as silent_until,
from streaks
where is_touched(company);

create or replace temp table touched_streaks as
select series_id, cadence_code, last_ordinal from changed_streaks
union
select series_id, cadence_code, last_ordinal
from followed_streaks
where company in (select replaced_companies.company from replaced_companies)
union
select streaks.series_id, streaks.cadence_code, streaks.last_ordinal
from followed_streaks as streaks
inner join touched_statements
    on streaks.company = touched_statements.company
    and streaks.cadence_code = touched_statements.cadence_code
    and touched_statements.period_ordinal > streaks.last_ordinal
    and touched_statements.period_ordinal < coalesce(streaks.next_ordinal, 1_000_000)
union
select streaks.series_id, streaks.cadence_code, streaks.last_ordinal
from followed_streaks as streaks
inner join own_cadences using (company)
inner join touched_figures as figures
    on streaks.series_id = figures.series_id
    and streaks.cadence_code = placed_cadence(figures.cadence_code, figures.period_end_date, own_cadences.cadences)
    and placed_ordinal(figures.cadence_code, figures.period_end_date, own_cadences.cadences)
    between streaks.last_ordinal - 2 and streaks.last_ordinal
union
select streaks.series_id, streaks.cadence_code, streaks.last_ordinal
from followed_streaks as streaks
inner join (select distinct series_id, period_start_date, period_end_date from touched_claims) as told
    on streaks.series_id = told.series_id
    and coalesce(told.period_end_date, 'infinity') >= streaks.silent_from
    and coalesce(told.period_start_date, '-infinity') <= streaks.silent_until
union
select streaks.series_id, streaks.cadence_code, streaks.last_ordinal
from followed_streaks as streaks
inner join silences
    on streaks.company = silences.company
    and streaks.series_id = silences.series_id
    and streaks.cadence_code = silences.cadence_code
    and ordinal_label(streaks.cadence_code, streaks.last_ordinal) = silences.last_period
where silences.article_id in (select touched_starts.article_id from touched_starts);

create or replace temp table silences_before as
select silences.*
from (select * from silences where is_touched(company)) as silences
semi join touched_streaks
    on silences.series_id = touched_streaks.series_id
    and silences.cadence_code = touched_streaks.cadence_code
    and silences.last_period = ordinal_label(touched_streaks.cadence_code, touched_streaks.last_ordinal);
create or replace temp table silences_now as from silences_before limit 0;
delete from silences
where
    is_touched(company)
    and (series_id, cadence_code, period_ordinal) in (
        select (before.series_id, before.cadence_code, before.period_ordinal) from silences_before as before
    );

-- each later statement of the company that might have told of the metric, and does not
create or replace temp table missing as
with expected as (
    select
        streaks.*,
        own_statements.period_ordinal,
        ordinal_first_day(streaks.cadence_code, own_statements.period_ordinal) as first_day,
        ordinal_last_day(streaks.cadence_code, own_statements.period_ordinal) as last_day,
        own_statements.article_id,
        own_statements.known_at,
        cadence_rules.grace_days,
    from followed_streaks as streaks
    semi join touched_streaks using (series_id, cadence_code, last_ordinal)
    inner join cadence_rules using (cadence_code)
    inner join own_statements
        on streaks.company = own_statements.company
        and streaks.cadence_code = own_statements.cadence_code
        and own_statements.period_ordinal > streaks.last_ordinal
        and own_statements.period_ordinal < coalesce(streaks.next_ordinal, 1_000_000)
    where
        datediff('day', last_day, (known_at at time zone 'UTC')::date) >= least_delay_days - leeway_days
),

own as (
    select series_id, article_id, period_end_date from own_figures
    where
        is_touched(company)
        and article_id in (select expected.article_id from expected)
),

-- not a word of the metric for the period in the statement itself
unsaid as (
    select expected.*
    from expected
    where not exists (
        select 1 from own
        where
            own.series_id = expected.series_id
            and own.article_id = expected.article_id
            and coalesce(own.period_end_date, 'infinity') >= expected.first_day
    )
),

-- what anyone said of a period, figure or refusal
said as (
    select * from best_now
    where
        basis_code = 'actual'
        and is_touched(company)
        and series_id in (select unsaid.series_id from unsaid)
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
)

select unsaid.*, answers.answered_at as cleared_at
from unsaid
left join answers using (series_id, cadence_code, period_ordinal, article_id)
where answered_at is null or answered_at > unsaid.known_at + to_days(grace_days);
drop table touched_streaks;
drop table followed_streaks;
drop table changed_streaks;
drop table touched_starts;
drop table touched_figures;
drop table touched_statements;
drop table replaced_companies;
