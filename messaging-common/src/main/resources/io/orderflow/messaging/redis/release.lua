-- Ends a member: without its lease, what it has pending is there for others to take. A member with nothing pending is
-- forgotten; to forget one with pending entries would lose these.
--
-- KEYS: the member's lease, then the streams.
-- ARGV: the group, the member.
redis.call('DEL', KEYS[1])
for i = 2, #KEYS do
  local pending = redis.pcall('XPENDING', KEYS[i], ARGV[1], '-', '+', 1, ARGV[2])
  if not pending.err and #pending == 0 then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[i], ARGV[1], ARGV[2])
  end
end
return 1
