insert into deliveries select unnest($announcement_ids::uuid[]), $channel, $delivered_at
