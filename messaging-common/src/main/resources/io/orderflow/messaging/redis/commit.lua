-- Acknowledges entries, unless the member's place was taken away: then they are another's now.
--
-- KEYS: the member's lease, then streams.
-- ARGV: the group, then for each stream how many ids, and these.
-- Returns 1, or 0 if the member has no lease any more.
local ARGUMENTS_AT_ONCE = 1000 -- Lua's stack takes less than 8,000

if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
local next = 2
for stream = 2, #KEYS do
  local last = next + tonumber(ARGV[next])
  for first = next + 1, last, ARGUMENTS_AT_ONCE do
    redis.call('XACK', KEYS[stream], ARGV[1], unpack(ARGV, first, math.min(first + ARGUMENTS_AT_ONCE - 1, last)))
  end
  next = last + 1
end
return 1
