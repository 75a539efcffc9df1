-- Two figures agree where one is a rounding of the other: 1.2bn and 1,237m do, 51.6% and 51.9% do not. A figure may
-- stand for any that rounds to it, half a step of its last digit that is not zero, and at most 5 % of it; one that is
-- said to be approximate for any within 5 %. A bound agrees with whatever lies beyond it.

create or replace macro last_digit_step(value) as
    pow(10, length(replace(value::varchar, '.', '')) - length(rtrim(replace(value::varchar, '.', ''), '0')) - 6);

create or replace macro leeway(value, is_approx) as
    least(abs(value::double) * 0.05, if(is_approx, 'infinity'::double, last_digit_step(value) / 2));

create or replace macro reaches(low, high, is_approx, other_low, other_high, other_is_approx) as
    coalesce(low - leeway(low, is_approx), '-infinity'::double)
    <= coalesce(other_high + leeway(other_high, other_is_approx), 'infinity'::double);

create or replace macro agree(low, high, is_approx, other_low, other_high, other_is_approx) as
    reaches(low, high, is_approx, other_low, other_high, other_is_approx)
    and reaches(other_low, other_high, other_is_approx, low, high, is_approx);

-- a goal is met from its very figure on, one that is approximate from 5 % below; null where either end is open
create or replace macro at_least(value, is_approx, goal, goal_is_approx) as
    value + leeway(value, is_approx) >= goal - if(goal_is_approx, leeway(goal, true), 0);

-- figures are compared in normal units: a hundred basis points are a percentage point; money stays in its currency
create or replace macro normal_unit(unit) as if(unit = 'bp', 'pp', unit);

create or replace macro normal_value(value, unit) as if(unit = 'bp', (value / 100)::decimal(38, 6), value);

-- Who speaks: a release that runs on several wires, or in a paper, is one voice, told by a sentence that is the same letter
-- for letter. Short sentences are alike by chance: eighty characters are a dozen words.
create or replace macro voice(sentence, source_id) as if(length(sentence) >= 80, sentence, source_id);
