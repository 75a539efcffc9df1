-- the pages that a run of the monitor brings: what rests on them may be news
insert into fresh_pages
select batch.page_id
from batch
anti join pages using (page_id)
semi join (select runs.run_id from runs where runs.flow = 'monitor') using (run_id)
