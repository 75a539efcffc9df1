-- A channel is told what is announced from the beginning of the run that first finds it.
insert into channels
select $channel, started_at
from runs
where run_id = $run_id and $channel not in (select channels.channel from channels)
