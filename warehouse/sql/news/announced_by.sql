select
    announcement_id, event_code as event, company, metric, "scope", basis_code as basis, period, value_low as low,
    value_high as high, unit_code as unit, is_approx, before_value_low as low_before, before_value_high as high_before,
    before_unit_code as unit_before, is_before_approx as is_approx_before, replacement_metric, "quote", title, url,
    known_at, recorded_at, null as message_id,
from announcements
where run_id = $run_id and known_at >= recorded_at - to_hours($news_hours)
order by known_at, company, metric, announcement_id
