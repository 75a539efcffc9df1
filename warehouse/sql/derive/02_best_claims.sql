-- The rule of precedence, told in marts/06_precedence.sql: the best claim of each cell, and of when, from each moment on
-- at which a claim of the cell appeared or had another put in its place.
delete from best_now where cell_id in (select touched_cells.cell_id from touched_cells);
delete from best_before where cell_id in (select touched_cells.cell_id from touched_cells);

create or replace temp table touched_best as
with told as (
    select
        rowid as claim_row,
        cell_id,
        claim_id,
        source_id,
        status_code,
        value_low,
        value_high,
        unit_code,
        is_approx,
        is_own_statement,
        known_at,
        known_until,
        page_recorded_at,
        sighted_at,
        confidence,
        url,
        "quote",
        vagueness(value_low, value_high, is_approx) as vagueness,
        (basis_code = 'guidance') = (status_code = 'withheld') as is_last_word,
        hash(status_code, value_low, value_high, unit_code) as said,
    from touched_claims
    where known_until is null or known_until > known_at
),

shared as (
    select cell_id from told group by cell_id having count(*) > 1
),

moments as (
    select cell_id, moment, lead(moment) over (partition by cell_id order by moment) as next_moment
    from (
        select cell_id, known_at as moment from told semi join shared using (cell_id)
        union
        select cell_id, known_until from told semi join shared using (cell_id) where known_until is not null
    )
),

standing as (
    select told.* exclude ("quote"), voice("quote", source_id) as voice, moments.moment
    from moments
    inner join told using (cell_id)
    where told.known_at <= moments.moment and coalesce(told.known_until > moments.moment, true)
),

supports as (
    select cell_id, moment, said, count(distinct voice) as support
    from standing
    group by cell_id, moment, said
),

-- the least of a cell is its best
ranked as (
    select
        standing.*,
        row(
            not is_own_statement, -epoch_us(known_at), not is_last_word, vagueness, -support, -epoch_us(sighted_at),
            -confidence, claim_id, url
        ) as rank,
    from standing
    inner join supports using (cell_id, moment, said)
),

best as (
    select cell_id, moment, arg_min(claim_row, rank) as best_row, min(known_at) as first_told_at
    from ranked
    group by cell_id, moment
),

-- whether each claim agrees with the best; null where the two cannot be compared
compared as (
    select
        ranked.*,
        ranked.status_code = fact.status_code as is_of_status,
        case
            when not is_of_status then false
            when ranked.status_code = 'withheld' or ranked.claim_row = best.best_row then true
            when normal_unit(ranked.unit_code) <> normal_unit(fact.unit_code) then null
            else agree(
                normal_value(ranked.value_low, ranked.unit_code),
                normal_value(ranked.value_high, ranked.unit_code),
                ranked.is_approx,
                normal_value(fact.value_low, fact.unit_code),
                normal_value(fact.value_high, fact.unit_code),
                fact.is_approx
            )
        end as is_agreeing,
    from ranked
    inner join best using (cell_id, moment)
    inner join told as fact on best.best_row = fact.claim_row
),

-- a source counts once, by the best that it says, and so do all that say it in the same words
counted as (
    select
        cell_id, moment,
        count(distinct voice) filter (is_agreeing) as agreeing_source_count,
        count(distinct voice) filter (not is_agreeing) as contradicting_source_count,
    from (
        select
            cell_id, moment, source_id,
            arg_min_null(is_agreeing, rank) as is_agreeing,
            arg_min(voice, rank) as voice,
        from compared
        group by cell_id, moment, source_id
    )
    group by cell_id, moment
),

begun as (
    select
        cell_id, moment,
        min(known_at) filter (is_agreeing) as first_known_at,
        min(page_recorded_at) filter (is_agreeing) as first_recorded_at,
        min(known_at) filter (is_of_status) as first_said_so_at,
        arg_min(claim_id, (known_at, rank)) filter (is_of_status) as first_word_id,
        arg_min(claim_id, (known_at, rank)) filter (status_code = 'disclosed' and is_own_statement) as first_figure_id,
    from compared
    group by cell_id, moment
)

select
    best_row as claim_row,
    moment as stands_from,
    next_moment as stands_until,
    first_known_at,
    first_recorded_at,
    first_told_at,
    first_said_so_at,
    first_word_id,
    first_figure_id,
    agreeing_source_count,
    contradicting_source_count,
from best
inner join moments using (cell_id, moment)
inner join counted using (cell_id, moment)
inner join begun using (cell_id, moment)
union all
-- a claim that is alone in its cell, as most are, is its best without a contest
select
    claim_row,
    known_at,
    known_until,
    known_at,
    page_recorded_at,
    known_at,
    known_at,
    claim_id,
    if(status_code = 'disclosed' and is_own_statement, claim_id, null),
    1,
    0,
from told
anti join shared using (cell_id);

-- sorted: one company's rows stand together, and what is the same in many takes little room
create or replace temp table touched_disclosures as
select
    claims.cell_id,
    claims.series_id,
    claims.claim_id,
    claims.company,
    claims.metric,
    claims."scope",
    claims.scope_key,
    claims.basis_code,
    claims.measure_code,
    claims.status_code,
    claims.period,
    claims.cadence_code,
    claims.period_ordinal,
    claims.period_start_date,
    claims.period_end_date,
    claims.value_low,
    claims.value_high,
    claims.unit_code,
    claims.is_approx,
    claims."quote",
    claims.url,
    claims.title,
    claims.source_id,
    claims.article_id,
    claims.is_own_statement,
    claims.confidence,
    claims.known_at,
    claims.recorded_at,
    best.* exclude (claim_row)
        -- null where it is the claim itself, which costs no room
        replace (
            nullif(best.first_word_id, claims.claim_id) as first_word_id,
            nullif(best.first_figure_id, claims.claim_id) as first_figure_id
        ),
from touched_best as best
inner join touched_claims as claims on best.claim_row = claims.rowid
order by company, known_at, claims.article_id, best.claim_row;

insert into best_now by name
select * exclude (stands_until) from touched_disclosures where stands_until is null;
insert into best_before by name
select * from touched_disclosures where stands_until is not null;
drop table touched_best;
drop table touched_disclosures;
