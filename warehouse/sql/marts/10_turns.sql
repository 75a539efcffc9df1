-- Facts of which the company gave first a figure and then a refusal, or the other way round: each turn.
create or replace table turns (
    cell_id ubigint not null,
    series_id ubigint not null,
    claim_id ubigint not null,
    known_at timestamptz not null,
    first_recorded_at timestamptz not null,
);
