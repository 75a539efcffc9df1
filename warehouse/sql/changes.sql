-- What the warehouse first held at or after $since, one plain line each.
with named as (
    select
        *,
        replace(metric, '_', ' ') || coalesce(' (' || scope || ')', '') as what,
        replace(metric, '_', ' ') || coalesce(' (' || scope || ')', '')
        || case basis_code when 'guidance' then ' guidance' when 'estimate' then ' estimate' else '' end as what_basis,
    from disclosures
    where measure_code = 'level'
),

-- only where a silence begins: those that follow it are no news
fell_silent as (
    select
        'silent' as kind,
        *,
        company || ' has fallen silent on ' || replace(metric, '_', ' ') || coalesce(' (' || scope || ')', '')
        || ' for ' || period || ', after ' || streak_count || ' periods in a row' as line,
    from silences
    where silent_count = 1 and cleared_at is null and first_recorded_at >= $since
),

-- figures, refusals and silences of one series in the order in which they became known
said as (
    select
        company, metric, scope_key, basis_code, period_start_date, claim_id,
        first_known_at as known_at,
        status_code = 'disclosed' as is_figure,
        status_code = 'withheld' and cadence_code = 'open' as is_stop,
    from named
    union all
    select company, metric, scope_key, 'actual', period_start_date, null, known_at, false, false from silences
),

in_order as (
    select
        *,
        lag(is_figure) over series as was_figure,
        lag(is_stop) over series as was_stop,
        lag(period_start_date) over series as start_before,
        bool_or(is_figure) over (series rows between unbounded preceding and 1 preceding) as had_figure,
    from said
    window series as (
        partition by company, metric, scope_key, basis_code
        order by known_at, is_figure desc, if(is_figure, period_start_date, null), period_start_date desc, claim_id
    )
),

-- a stop that is told again is no news
refused as (
    select
        if(in_order.is_stop, 'stopped', 'withheld') as kind,
        named.*,
        case
            when in_order.is_stop and named.period_start_date is not null
                then named.company || ' no longer discloses ' || named.what_basis || ' from '
                || split_part(named.period, '/', 1) || ' on'
            else named.company || ' withholds ' || named.what_basis || coalesce(' for ' || named.period, '')
        end as line,
    from named
    inner join in_order using (claim_id)
    where
        named.status_code = 'withheld'
        and named.first_recorded_at >= $since
        and not (in_order.is_stop and coalesce(in_order.was_stop, false))
),

resumed as (
    select
        'resumed' as kind,
        named.*,
        named.company || ' discloses ' || named.what || ' again, for ' || named.period as line,
    from named
    inner join in_order using (claim_id)
    where
        named.basis_code = 'actual'
        and in_order.is_figure
        and in_order.had_figure
        and not in_order.was_figure
        and in_order.start_before <= named.period_start_date
        and named.first_recorded_at >= $since
),

-- the company's own outlook for one period, each beside the one before it
outlooks as (
    select
        *,
        lag(value_low) over outlook as low_before,
        lag(value_high) over outlook as high_before,
    from current_claims
    where
        is_own_statement
        and basis_code = 'guidance'
        and measure_code = 'level'
        and status_code = 'disclosed'
        and period is not null
    window outlook as (
        partition by company, metric, scope_key, period_start_date, period_end_date, unit_code
        order by known_at, claim_id
    )
),

cut as (
    select
        'guidance_cut' as kind,
        *,
        company || ' cuts its ' || replace(metric, '_', ' ') || coalesce(' (' || scope || ')', '')
        || ' guidance for ' || period as line,
    from outlooks
    where
        page_recorded_at >= $since
        and (value_low < low_before or value_high < high_before)
        and not coalesce(value_low > low_before, false)
        and not coalesce(value_high > high_before, false)
)

select kind, company, metric, scope, period, line, quote, url, known_at from refused
union all
select kind, company, metric, scope, period, line, null, url, known_at from fell_silent
union all
select kind, company, metric, scope, period, line, quote, url, known_at from resumed
union all
select kind, company, metric, scope, period, line, quote, url, known_at from cut
order by known_at desc, company, line
