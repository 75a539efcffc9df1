insert into runs (run_id, flow, started_at, outcome_code) values ($run_id, $flow, $started_at, 'running')
