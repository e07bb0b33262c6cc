-- Acknowledges entries, unless the member's lease has expired: then they belong to other members.
--
-- KEYS: the member's lease, then the streams.
-- ARGV: the group, then for each stream the number of ids, and the ids.
local MAX_ARGUMENTS = 1000 -- unpack is limited by the size of Lua's stack, about 8,000

requireLease(KEYS[1])
local position = 2
for key = 2, #KEYS do
  local last = position + ARGV[position]
  for first = position + 1, last, MAX_ARGUMENTS do
    redis.call('XACK', KEYS[key], ARGV[1], unpack(ARGV, first, math.min(first + MAX_ARGUMENTS - 1, last)))
  end
  position = last + 1
end
return 1
