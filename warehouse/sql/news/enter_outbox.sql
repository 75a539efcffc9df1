insert into outbox
select unnest($announcement_ids::uuid[]), $channel, unnest($message_ids::uuid[]), $taken_at
