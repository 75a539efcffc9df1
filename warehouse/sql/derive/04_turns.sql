-- What the company itself said of a cell, document after document: the figure or the refusal of each, as it stood when
-- the document was the last word of its page. A better reading of the same document is no new word.
-- Of cells that were told of once only the outlooks are here: with nothing before it, no other word changed anything.
create or replace temp table own_words as
with own as (
    select
        cell_id, series_id, claim_id, article_id, company, metric, "scope", scope_key, basis_code, status_code, period,
        period_start_date, period_end_date, value_low, value_high, unit_code, is_approx, confidence, known_at,
        page_recorded_at, sighted_at,
    from touched_claims
    where is_own_statement and measure_code = 'level' and (known_until is null or known_until > known_at)
),

repeated as (
    select cell_id from own group by cell_id having count(*) > 1
)

select
    *,
    status_code = 'disclosed' as is_figure,
    lag(status_code) over told as status_before,
    lag(claim_id) over told as claim_before,
    last_value(if(status_code = 'disclosed', claim_id, null) ignore nulls) over earlier as figure_before,
    last_value(if(status_code = 'disclosed', unit_code, null) ignore nulls) over earlier as unit_before,
    last_value(
        if(status_code = 'disclosed', {'low': value_low, 'high': value_high, 'is_approx': is_approx}, null) ignore nulls
    ) over earlier as value_before,
from (
    select * from own
    where basis_code = 'guidance' or cell_id in (select repeated.cell_id from repeated)
    qualify row_number() over (
        partition by cell_id, article_id, known_at
        order by
            (basis_code = 'guidance') = (status_code = 'withheld') desc,
            vagueness(value_low, value_high, is_approx), confidence desc, claim_id
    ) = 1
)
window
    told as (partition by cell_id order by known_at, sighted_at, article_id),
    earlier as (
        partition by cell_id order by known_at, sighted_at, article_id rows between unbounded preceding and 1 preceding
    );

delete from turns where cell_id in (select touched_cells.cell_id from touched_cells);
insert into turns by name
select cell_id, series_id, claim_id, known_at, page_recorded_at as first_recorded_at
from own_words
where status_code is distinct from status_before
qualify count(*) over (partition by cell_id) > 1;
