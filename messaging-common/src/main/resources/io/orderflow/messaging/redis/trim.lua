-- Deletes entries that every group has acknowledged, whole nodes of the streams only, which costs next to nothing.
--
-- KEYS: the streams.
-- ARGV: how many entries of a stream at most.
-- Returns how many were deleted of the stream that lost the most.
local function before(one, other)
  local time, sequence = string.match(one, '(%d+)-(%d+)')
  local otherTime, otherSequence = string.match(other, '(%d+)-(%d+)')
  time, otherTime = tonumber(time), tonumber(otherTime)
  return time < otherTime or (time == otherTime and tonumber(sequence) < tonumber(otherSequence))
end

local function oldestNeeded(stream)
  local needed
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
    local name, pending, oldest = group[2], group[6], group[8]
    if pending > 0 then
      oldest = redis.call('XPENDING', stream, name)[2]
    end
    if not needed or before(oldest, needed) then
      needed = oldest
    end
  end
  return needed
end

local most = 0
for _, stream in ipairs(KEYS) do
  local needed = redis.call('EXISTS', stream) == 1 and oldestNeeded(stream)
  if needed then
    most = math.max(most, redis.call('XTRIM', stream, 'MINID', '~', needed, 'LIMIT', ARGV[1]))
  end
end
return most
