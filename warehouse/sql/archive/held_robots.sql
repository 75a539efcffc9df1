-- the robots.txt of each origin that was fetched since a moment, the latest
select origin, arg_max(body, fetched_at) as body, max(fetched_at) as fetched_at
from robots
where fetched_at > $since::timestamptz
group by origin
