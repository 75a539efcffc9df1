-- A company's own calendar: its 2018-Q4 may end in September. A label is read as the calendar's wherever periods are
-- compared, as all of a company's labels are shifted alike; this tells by how much.

-- whether a period is told by a label that a company may count in a year of its own, not by its months or days
create or replace macro is_labelled(cadence, label) as
    coalesce(cadence in ('quarter', 'half', 'year') and not contains(label, '/'), false);

-- by how many months labels lead the calendar where years end in a month: 3 for September. A year that ends in January
-- bears the number of either year; the one that leaves a usual time between its end and the statement is meant.
create or replace macro label_lead(year_end_month, delay_days) as
    if(
        coalesce(
            abs(delay_days + 30.44 * ((12 - year_end_month) % 12) - 40)
            <= abs(delay_days + 30.44 * ((12 - year_end_month) % 12 - 12) - 40),
            true
        ),
        (12 - year_end_month) % 12,
        (12 - year_end_month) % 12 - 12
    );

-- the lead of labels that are told before the calendar has them over: whole quarters where that leaves five days to
-- two and a half months to report in, as most years end with a quarter; otherwise the least that leaves ten days
create or replace macro learnt_lead(delay_days) as coalesce(
    list_filter([3, 6, 9], lambda lead: delay_days + 30.44 * lead >= 5 and delay_days + 30.44 * lead <= 75)[1],
    ceil((10 - delay_days) / 30.44)::integer
);

-- what companies' own statements tell of their years
create or replace table year_ends (
    company varchar not null,
    stated_month bigint,
    stated_count bigint,
    delay_days double,
    delay_count bigint,
);

create or replace view fiscal_calendars as
with found as (
    select
        company,
        coalesce(registered.fiscal_year_end_month, stated_month) as year_end_month,
        case
            when registered.fiscal_year_end_month is not null then 'registry'
            when stated_month is not null then 'stated'
            when delay_days < -5 and delay_count >= 2 then 'learnt'
        end as origin_code,
        case origin_code when 'stated' then stated_count when 'learnt' then delay_count end as statement_count,
        if(
            origin_code = 'learnt', learnt_lead(delay_days), label_lead(year_end_month, delay_days)
        )::integer as label_lead_months,
    from year_ends
    full join current_companies as registered using (company)
)

select
    company,
    coalesce(year_end_month, (11 - label_lead_months) % 12 + 1)::integer as fiscal_year_end_month,
    label_lead_months,
    origin_code,
    statement_count,
from found
where origin_code is not null;

create or replace macro calendar_first_day(first_day, cadence, label, lead_months) as
    if(is_labelled(cadence, label), (first_day - to_months(coalesce(lead_months, 0)))::date, first_day);

create or replace macro calendar_last_day(last_day, cadence, label, lead_months) as
    if(is_labelled(cadence, label), last_day((last_day - to_months(coalesce(lead_months, 0)))::date), last_day);
