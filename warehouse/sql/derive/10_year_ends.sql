delete from year_ends where is_touched(company);
insert into year_ends by name
with own as (
    select * from own_figures where is_touched(company)
),

-- a year that is told by its months
stated as (
    select company, mode(month(period_end_date)) as stated_month, count(distinct article_id) as stated_count
    from own
    where cadence_code = 'year' and not is_labelled and month(period_end_date) <> 12
    group by company
),

-- how long after the end of the calendar's quarter of its label each statement came
statements as (
    select company, article_id, datediff('day', max(period_end_date), min(known_at)::date) as delay_days
    from own
    where is_labelled and cadence_code = 'quarter' and measure_code = 'level'
    group by company, article_id
),

delays as (
    select company, median(delay_days) as delay_days, count(*) as delay_count from statements group by company
)

select company, stated_month, stated_count, delay_days, delay_count
from stated
full join delays using (company);
