-- Lists the consumer groups of a topic.
--
-- KEYS: the topic's streams.
-- ARGV: the prefix of leases, the prefix of the topic's sets of members.
-- Returns for each group its name, its backlog, and whether it has live members (1 or 0).

-- XINFO reports the lag since Redis 7.0.
local function unread(stream, group)
  if group[12] then
    return group[12]
  end
  local first = group[8] == '0-0' and '-' or '(' .. group[8]
  return #redis.call('XRANGE', stream, first, '+', 'COUNT', 10000)
end

local names, backlog = {}, {}
for _, stream in ipairs(KEYS) do
  for _, group in ipairs(redis.pcall('XINFO', 'GROUPS', stream)) do -- an error has no elements
    local name = group[2]
    if not backlog[name] then
      table.insert(names, name)
    end
    backlog[name] = (backlog[name] or 0) + group[6] + unread(stream, group)
  end
end

local result = {}
for _, name in ipairs(names) do
  local alive = 0
  for _, member in ipairs(redis.call('SMEMBERS', ARGV[2] .. name)) do
    alive = isAlive(ARGV[1] .. member) and 1 or alive
  end
  table.insert(result, {name, backlog[name], alive})
end
return result
