-- A day without a run, and a run that was killed or does not end.
select 'runs' as subject, format('the last one began {:.1f} days ago', date_diff('minute', max(started_at), $now) / 1440) as finding
from runs
where flow in ('monitor', 'backfill', 'replay')
having date_diff('hour', max(started_at), $now) >= 26
union all
select flow, format('the run of {} has no end', strftime(started_at, '%Y-%m-%d %H:%M'))
from runs
where outcome_code in ('running', 'crashed') and started_at between $now - interval 7 days and $now - interval 6 hours
