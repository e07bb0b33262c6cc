-- Gives a member what dead members of its group have pending, the oldest first, and forgets the dead who have nothing.
-- A member is dead when its lease is gone. This is one step for the server, so no two members take the same entry, and
-- none is taken from the living.
--
-- KEYS: the stream, the member's lease.
-- ARGV: the group, the member, how the keys of leases begin, how many entries at most.
-- Returns how many entries had been deleted while they were pending, and those taken as {id, {field, value, ...}}; or
-- {-1} if the member itself has no lease any more.
local stream, lease = KEYS[1], KEYS[2]
local group, member, leases, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

if redis.call('EXISTS', lease) == 0 then
  return {-1}
end

local orphans = {}
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', stream, group)) do
  local name, pending = consumer[2], consumer[4]
  if name ~= member and redis.call('EXISTS', leases .. name) == 0 then
    if pending == 0 then
      redis.call('XGROUP', 'DELCONSUMER', stream, group, name)
    else
      for _, entry in ipairs(redis.call('XPENDING', stream, group, '-', '+', most, name)) do
        local time, sequence = string.match(entry[1], '(%d+)-(%d+)')
        table.insert(orphans, {id = entry[1], time = tonumber(time), sequence = tonumber(sequence)})
      end
    end
  end
end
table.sort(orphans, function(a, b)
  return a.time < b.time or (a.time == b.time and a.sequence < b.sequence)
end)

local lost, taken = 0, {}
for i = 1, math.min(most, #orphans) do
  local id = orphans[i].id
  local entry = redis.call('XCLAIM', stream, group, member, 0, id)[1]
  if entry then
    table.insert(taken, entry)
  else
    redis.call('XACK', stream, group, id)
    lost = lost + 1
  end
end
return {lost, taken}
