-- Every claim with its reading: where it stands, who says it, from when to when it was the last word of its page.
create or replace macro claims_told(is_touched_only) as table
select
    told.* exclude (known_at, recorded_at, run_id),
    cadence(told.period_start_date, told.period_end_date) as cadence_code,
    ordinal(cadence_code, told.period_end_date) as period_ordinal,
    list_contains(readings.speakers, lower(told.company)) as is_own_statement,
    readings.known_at,
    readings.known_until,
    readings.recorded_at,
    readings.superseded_at,
    readings.page_recorded_at,
    readings.sighted_at,
    readings.url,
    readings.source_id,
    readings.title,
    readings.published_date,
    readings.language_code,
    readings.extractor_version,
from (
    select * from claims
    -- by their places: of what came in together the other columns are read from there alone
    where
        not is_touched_only
        or (
            is_touched(company)
            and rowid in (select rowid from claims where cell_id in (select touched_cells.cell_id from touched_cells))
        )
) as told
inner join readings using (article_id);

create or replace view claim_history as select * from claims_told(false);

create or replace view current_claims as select * from claim_history where superseded_at is null;
