update outbox set taken_at = null where channel = $channel and message_id = $message_id
