-- Deletes entries that every group has acknowledged, in whole nodes of the streams, which is cheap.
--
-- KEYS: the streams.
-- ARGV: a limit of entries per stream.
-- Returns the largest number of entries deleted from one stream.
local function isBefore(one, other)
  local time, sequence = string.match(one, '(%d+)-(%d+)')
  local otherTime, otherSequence = string.match(other, '(%d+)-(%d+)')
  time, otherTime = tonumber(time), tonumber(otherTime)
  return time < otherTime or (time == otherTime and tonumber(sequence) < tonumber(otherSequence))
end

local function firstNeeded(stream)
  local needed
  for _, group in ipairs(redis.pcall('XINFO', 'GROUPS', stream)) do -- an error has no elements
    local first = group[6] > 0 and redis.call('XPENDING', stream, group[2])[2] or group[8]
    if not needed or isBefore(first, needed) then
      needed = first
    end
  end
  return needed
end

local most = 0
for _, stream in ipairs(KEYS) do
  local needed = firstNeeded(stream)
  if needed then
    most = math.max(most, redis.call('XTRIM', stream, 'MINID', '~', needed, 'LIMIT', ARGV[1]))
  end
end
return most
