-- Claims have ids of 64 bits: a claim is named by a dozen rows that rest on it, and an id is the one thing in them that
-- no compression makes smaller. A table of its own, as one that this transaction has changed cannot change its types.
create macro claim_id(article_id, number) as md5_number_lower(concat_ws(' ', article_id, number));

create table numbered_claims (
    claim_id ubigint not null,
    article_id uuid not null,
    page_id uuid not null,
    company varchar not null,
    metric varchar not null,
    scope varchar,
    basis_code varchar not null,
    measure_code varchar not null,
    status_code varchar not null,
    period varchar,
    period_start_date date,
    period_end_date date,
    value_low decimal(38, 6),
    value_high decimal(38, 6),
    unit_code varchar,
    is_approx boolean,
    quote varchar not null,
    quote_in varchar not null,
    quote_start bigint not null,
    quote_end bigint not null,
    confidence double not null,
    rule varchar not null,
    known_at timestamptz not null,
    recorded_at timestamptz not null,
    run_id uuid not null,
    scope_key varchar not null,
    cell_id ubigint not null,
);
insert into numbered_claims by name
select * replace (md5_number_lower(claim_id::varchar) as claim_id) from claims;
drop table claims;
alter table numbered_claims rename to claims;

-- of earlier versions of the views
drop macro table if exists best_claims;
drop macro table if exists own_words;
