-- A period is its calendar days, first and last included, however its label is written. These macros tell what kind
-- of period that is, and where it stands in a row of its kind.

create or replace macro cadence(first_day, last_day) as case
    when first_day is null and last_day is null then 'undated'
    when first_day is null or last_day is null then 'open'
    when first_day = last_day then 'day'
    when day(first_day) <> 1 or day(last_day + 1) <> 1 then 'span'
    else case datediff('month', first_day, last_day + 1)
        when 1 then 'month'
        when 3 then 'quarter'
        when 6 then 'half'
        when 12 then 'year'
        else 'span'
    end
end;

create or replace macro cadence_months(cadence) as case cadence
    when 'month' then 1
    when 'quarter' then 3
    when 'half' then 6
    when 'year' then 12
end;

create or replace macro ordinal(cadence, last_day) as
    (12 * year(last_day) + month(last_day)) // cadence_months(cadence);

create or replace macro ordinal_label(cadence, ordinal) as case cadence
    when 'year' then (ordinal - 1)::varchar
    when 'half' then format('{}-H{}', (ordinal - 1) // 2, (ordinal - 1) % 2 + 1)
    when 'quarter' then format('{}-Q{}', (ordinal - 1) // 4, (ordinal - 1) % 4 + 1)
    when 'month' then format('{}-{:02d}', (ordinal - 1) // 12, (ordinal - 1) % 12 + 1)
end;

create or replace macro ordinal_last_day(cadence, ordinal) as
    last_day(make_date((cadence_months(cadence) * ordinal - 1) // 12, (cadence_months(cadence) * ordinal - 1) % 12 + 1, 1));

create or replace macro ordinal_first_day(cadence, ordinal) as
    ordinal_last_day(cadence, ordinal - 1) + 1;

-- an instant may stand for the period that it ends: a head count on 31 December for the quarter, the half or the year
create or replace macro ends_period(cadence, day) as
    coalesce(day = ordinal_last_day(cadence, ordinal(cadence, day)), false);

-- the kind of period that one end of an open label names: 2025-Q1 of 2025-Q1/.. is a quarter
create or replace macro label_cadence(label) as case
    when regexp_matches(label, 'Q\d$') then 'quarter'
    when regexp_matches(label, 'H\d$') then 'half'
    when regexp_matches(label, '\d-\d\d-\d\d$') then 'day'
    when regexp_matches(label, '\d-\d\d$') then 'month'
    else 'year'
end;
