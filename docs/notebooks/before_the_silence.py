"""Do companies stop telling a figure when it has begun to fall? Answered from the exports.

`marimo edit docs/notebooks/before_the_silence.py` opens it; `python docs/notebooks/before_the_silence.py [EXPORTS]`
prints the answer. EXPORTS is a folder of exports, by default the site's own.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import sys
    from pathlib import Path

    import duckdb
    import marimo as mo

    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    exports = Path(given[0] if given else "data/site/exports")
    db = duckdb.connect(str(exports / "undisclosed.duckdb"), read_only=True)
    return db, mo


@app.cell
def _(mo):
    mo.md(
        """
        # Before the silence

        A company that no longer gives a figure rarely says why. Did the figure fall before it went? For each metric
        that was **stopped** or **fell silent** this looks at the last change that was still told, against the same
        period a year before, and compares it with the changes of figures that companies went on giving.
        """
    )
    return


@app.cell
def _(db):
    changes = db.sql(
        """
        with told as (
            select company, metric, scope_key, cadence_code, period, period_ordinal, period_end_date, value_low, known_at
            from disclosures
            where basis_code = 'actual' and measure_code = 'level' and status_code = 'disclosed'
                and period_ordinal is not null and value_low = value_high and value_low > 0
        ),
        per_year as (
            select * from (values ('month', 12), ('quarter', 4), ('half', 2), ('year', 1)) as c (cadence_code, periods)
        )
        select now.*, now.value_low / before.value_low - 1 as change
        from told as now
        join per_year using (cadence_code)
        join told as before
            on now.company = before.company and now.metric = before.metric and now.scope_key = before.scope_key
            and now.cadence_code = before.cadence_code and now.period_ordinal = before.period_ordinal + periods
        """
    )
    return (changes,)


@app.cell
def _(changes, db):
    endings = db.sql(
        """
        select
            events.company, events.metric, events.event_code, events.period, events.known_at::date as known_on,
            max_by(changes.change, changes.period_end_date) as last_change,
            max_by(changes.period, changes.period_end_date) as last_period
        from disclosure_events as events
        left join changes
            on changes.company = events.company and changes.metric = events.metric
            and changes.scope_key = events.scope_key and changes.known_at < events.known_at
        where events.event_code in ('stopped', 'fell_silent') and events.basis_code = 'actual'
        group by all
        order by known_on
        """
    )
    return (endings,)


@app.cell
def _(changes, db, endings):
    answer = db.sql(
        """
        select 'before a stop or a silence' as figures, count(last_change) as count,
            round(100 * avg((last_change < 0)::int)) as percent_falling, round(100 * median(last_change), 1) as median_change
        from endings
        union all
        select 'all that were told', count(*), round(100 * avg((change < 0)::int)), round(100 * median(change), 1)
        from changes
        """
    )
    print(endings)
    print(answer)
    return (answer,)


@app.cell
def _(answer, endings, mo):
    mo.vstack([mo.ui.table(rows.to_arrow_table().to_pylist()) for rows in (endings, answer)])
    return


if __name__ == "__main__":
    app.run()
