-- Deletes entries that every group has acknowledged and that are older than their retention, in whole nodes of the streams, which is
-- cheap.
--
-- KEYS: the streams, then for each of them the key with its topic's retention in milliseconds, which need not exist.
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

local now = redis.call('TIME')[1] * 1000
local most = 0
for i = 1, #KEYS / 2 do
  local stream = KEYS[i]
  local needed = firstNeeded(stream)
  if needed then
    local retention = redis.call('GET', KEYS[#KEYS / 2 + i])
    local kept = retention and string.format('%d-0', math.max(0, now - retention))
    if kept and isBefore(kept, needed) then
      needed = kept
    end
    most = math.max(most, redis.call('XTRIM', stream, 'MINID', '~', needed, 'LIMIT', ARGV[1]))
  end
end
return most
