delete from outbox where channel = $channel and list_contains($announcement_ids::uuid[], announcement_id)
