-- Claims pending entries of other consumers of the group, in stream order, and removes dead consumers without pending
-- entries. In a partition the owner claims from every other consumer: from former owners, and from a member that does not
-- know yet that it has lost the partition. In a work queue entries are claimed from dead consumers only.
--
-- KEYS: the member's lease, then the streams: partitions that the member owns first, work queues last.
-- ARGV: the group, the member, the prefix of leases, a limit of entries per stream, the number of partitions.
-- Returns entries as XREADGROUP does in RESP3; those that had been deleted while pending have no fields.
local group, member, leases, limit, partitions = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])

local function claimableConsumers(stream, owned)
  local claimable = {}
  for _, consumer in ipairs(redis.pcall('XINFO', 'CONSUMERS', stream, group)) do -- an error has no elements
    local name, pending = consumer[2], consumer[4]
    if name ~= member then
      local dead = not isAlive(leases .. name)
      if dead and pending == 0 then
        redis.call('XGROUP', 'DELCONSUMER', stream, group, name)
      elseif pending > 0 and (owned or dead) then
        claimable[name] = true
      end
    end
  end
  return claimable
end

requireLease(KEYS[1])
local result = {}
for key = 2, #KEYS do
  local stream, claimed, start = KEYS[key], {}, '-'
  local claimable = claimableConsumers(stream, key - 1 <= partitions)
  while next(claimable) and start and #claimed < limit do
    local page = redis.call('XPENDING', stream, group, start, '+', limit)
    for _, pending in ipairs(page) do
      local id = pending[1]
      if claimable[pending[2]] then
        local entry = redis.call('XCLAIM', stream, group, member, 0, id)[1]
        if not entry then
          redis.call('XACK', stream, group, id)
        end
        table.insert(claimed, entry or {id, false})
      end
    end
    start = #page == limit and '(' .. page[#page][1]
  end
  if #claimed > 0 then
    table.insert(result, stream)
    table.insert(result, claimed)
  end
end
return result
