-- Deletes entries that every group has acknowledged, whole nodes of the stream only, which costs next to nothing.
--
-- KEYS: the stream.
-- ARGV: how many entries at most.
-- Returns how many were deleted.
local function before(one, other)
  local time, sequence = string.match(one, '(%d+)-(%d+)')
  local otherTime, otherSequence = string.match(other, '(%d+)-(%d+)')
  time, otherTime = tonumber(time), tonumber(otherTime)
  return time < otherTime or (time == otherTime and tonumber(sequence) < tonumber(otherSequence))
end

if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
local needed
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local name, pending, oldest = group[2], group[6], group[8]
  if pending > 0 then
    oldest = redis.call('XPENDING', KEYS[1], name)[2]
  end
  if not needed or before(oldest, needed) then
    needed = oldest
  end
end
if not needed then
  return 0
end
return redis.call('XTRIM', KEYS[1], 'MINID', '~', needed, 'LIMIT', ARGV[1])
