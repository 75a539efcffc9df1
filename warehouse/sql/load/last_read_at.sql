select max(recorded_at)
from (
    select max(recorded_at) as recorded_at from articles
    union all
    select max(recorded_at) from reinstatements
    union all
    select max(recorded_at) from rereadings
)
