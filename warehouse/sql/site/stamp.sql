-- What the whole site rests on, in one row that is another whenever any of it is.
select
    (select count(*) from claims) as claim_count,
    (select max(recorded_at) from claims) as claims_at,
    (select max(recorded_at) from articles) as articles_at,
    (select max(recorded_at) from reinstatements) as reinstatements_at,
    (select max(recorded_at) from sightings) as sightings_at,
    (select max(recorded_at) from sources) as sources_at,
    (select max(looked_at) from coverage) as looked_at,
    (select max(applied_at) from schema_versions) as schema_at,
