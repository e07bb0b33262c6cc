-- Gives a member what others of its group have pending and have no right to any more, the oldest first, and forgets the
-- dead who have nothing. This is one step for the server, so no two members take the same entry.
--
-- Of a work queue's stream these are the entries of members without a lease: the dead. The owner of a partition gets what
-- anybody else has of its stream: what a former owner left, and what one read who did not know yet that it is no owner.
--
-- KEYS: the member's lease, then streams.
-- ARGV: the group, the member, how the keys of leases begin, how many entries of a stream at most, whether the member owns
-- the streams (1) or they are work queues (0).
-- Returns for each stream of which there was something: its number (from 0), how many entries had been deleted while they
-- were pending, whether there may be more (1 or 0), and the entries taken as {id, {field, value, ...}}; or -1 if the
-- member itself has no lease any more.
local group, member, leases, most, owned = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5] == '1'

if redis.call('EXISTS', KEYS[1]) == 0 then
  return {-1}
end

local function orphans(stream)
  local found, more = {}, 0
  local consumers = redis.pcall('XINFO', 'CONSUMERS', stream, group)
  if consumers.err then
    return found, more -- whoever reads it will notice that it is gone
  end
  for _, consumer in ipairs(consumers) do
    local name, pending = consumer[2], consumer[4]
    if name ~= member then
      local dead = not isAlive(leases .. name)
      if pending > 0 and (owned or dead) then
        local entries = redis.call('XPENDING', stream, group, '-', '+', most, name)
        for _, entry in ipairs(entries) do
          local time, sequence = string.match(entry[1], '(%d+)-(%d+)')
          table.insert(found, {id = entry[1], time = tonumber(time), sequence = tonumber(sequence)})
        end
        if #entries == most then
          more = 1
        end
      elseif pending == 0 and dead then
        redis.call('XGROUP', 'DELCONSUMER', stream, group, name)
      end
    end
  end
  table.sort(found, function(a, b)
    return a.time < b.time or (a.time == b.time and a.sequence < b.sequence)
  end)
  return found, #found > most and 1 or more
end

local result = {}
for number = 2, #KEYS do
  local stream = KEYS[number]
  local found, more = orphans(stream)
  local lost, taken = 0, {}
  for i = 1, math.min(most, #found) do
    local id = found[i].id
    local entry = redis.call('XCLAIM', stream, group, member, 0, id)[1]
    if entry then
      table.insert(taken, entry)
    else
      redis.call('XACK', stream, group, id)
      lost = lost + 1
    end
  end
  if #found > 0 then
    table.insert(result, {number - 2, lost, more, taken})
  end
end
return result
