-- Acknowledges entries, unless the member's place was taken away: then they are another's now.
--
-- KEYS: the stream, the member's lease.
-- ARGV: the group, then the ids.
-- Returns 1, or 0 if the member has no lease any more.
local ARGUMENTS_AT_ONCE = 1000 -- Lua's stack takes less than 8,000

if redis.call('EXISTS', KEYS[2]) == 0 then
  return 0
end
for first = 2, #ARGV, ARGUMENTS_AT_ONCE do
  local last = math.min(first + ARGUMENTS_AT_ONCE - 1, #ARGV)
  redis.call('XACK', KEYS[1], ARGV[1], unpack(ARGV, first, last))
end
return 1
