-- One row a company x metric x scope x basis x measure x period. Precedence, first difference decides: the company's
-- own statement over a report of it; the later known over the earlier; of one moment, a withdrawn outlook over the
-- figure it withdraws, and otherwise a figure over its being withheld; the exact over the approximate, a range, a
-- bound; what more sources say over what fewer say; the later page; the higher confidence; then the id, so that every
-- machine picks the same. The rule itself is in derive/03_best_claims.sql.
create or replace macro vagueness(low, high, is_approx) as case
    when low is null or high is null then 4
    when low <> high then 3
    when is_approx then 2
    else 1
end;

-- The best claims that stand now.
create or replace table best_now (
    cell_id ubigint not null,
    series_id ubigint not null,
    claim_id ubigint not null,
    company varchar not null,
    metric varchar not null,
    "scope" varchar,
    scope_key varchar not null,
    basis_code varchar not null,
    measure_code varchar not null,
    status_code varchar not null,
    period varchar,
    cadence_code varchar not null,
    period_ordinal bigint,
    period_start_date date,
    period_end_date date,
    value_low decimal(38, 6),
    value_high decimal(38, 6),
    unit_code varchar,
    is_approx boolean,
    "quote" varchar not null,
    url varchar not null,
    title varchar,
    source_id varchar not null,
    article_id uuid not null,
    is_own_statement boolean not null,
    confidence double not null,
    known_at timestamptz not null,
    recorded_at timestamptz not null,
    first_known_at timestamptz not null,
    first_recorded_at timestamptz not null,
    first_told_at timestamptz not null,
    first_said_so_at timestamptz not null,
    first_word_id ubigint,
    first_figure_id ubigint,
    agreeing_source_count bigint not null,
    contradicting_source_count bigint not null,
    stands_from timestamptz not null,
);

-- And those that stood before, from when to when.
create or replace table best_before as select *, stands_from as stands_until from best_now;

create or replace view disclosures as
select
    best_now.* exclude (cell_id, series_id, first_word_id, first_figure_id, stands_from),
    normal_value(value_low, unit_code) as normal_low,
    normal_value(value_high, unit_code) as normal_high,
    normal_unit(unit_code) as normal_unit_code,
    calendar_first_day(period_start_date, cadence_code, period, label_lead_months) as calendar_start_date,
    calendar_last_day(period_end_date, cadence_code, period, label_lead_months) as calendar_end_date,
from best_now
left join fiscal_calendars using (company);

-- what stood at a moment: of now or of before
create or replace macro disclosures_as_of(moment) as table
select
    best.* exclude (cell_id, series_id, first_word_id, first_figure_id, stands_from),
    normal_value(value_low, unit_code) as normal_low,
    normal_value(value_high, unit_code) as normal_high,
    normal_unit(unit_code) as normal_unit_code,
    calendar_first_day(period_start_date, cadence_code, period, label_lead_months) as calendar_start_date,
    calendar_last_day(period_end_date, cadence_code, period, label_lead_months) as calendar_end_date,
from (
    select * from best_now where stands_from <= moment::timestamptz
    union all
    select * exclude (stands_until) from best_before
    where stands_from <= moment::timestamptz and stands_until > moment::timestamptz
) as best
left join fiscal_calendars using (company);
