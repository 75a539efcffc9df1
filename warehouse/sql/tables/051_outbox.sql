-- What is under way to a channel: an announcement stays in the message that it was put into, whoever sends that again.
create table outbox (
    announcement_id uuid not null,
    channel varchar not null,
    message_id uuid not null,
    taken_at timestamptz,
);
