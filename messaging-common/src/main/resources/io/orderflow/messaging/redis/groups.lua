-- Lists the groups of a topic with what waits for each.
--
-- KEYS: the streams of the topic.
-- ARGV: how the keys of leases begin.
-- Returns for each group its name, how many entries it has not acknowledged, and 1 if a member of it has a lease, else 0.
local names, backlog, members = {}, {}, {}

-- Redis before 7.0 does not report how many entries a group has not read.
local function unread(stream, group)
  if group[12] then
    return group[12]
  end
  local all = redis.call('XLEN', stream)
  if group[8] == '0-0' or all == 0 then
    return all
  end
  local time, sequence = string.match(group[8], '(%d+)-(%d+)')
  local next = time .. '-' .. string.format('%d', tonumber(sequence) + 1)
  return #redis.call('XRANGE', stream, next, '+', 'COUNT', 10000)
end

for _, stream in ipairs(KEYS) do
  if redis.call('EXISTS', stream) == 1 then
    for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
      local name = group[2]
      if not backlog[name] then
        table.insert(names, name)
        backlog[name], members[name] = 0, 0
      end
      backlog[name] = backlog[name] + group[6] + unread(stream, group)
      for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', stream, name)) do
        if isAlive(ARGV[1] .. consumer[2]) then
          members[name] = 1
        end
      end
    end
  end
end

local result = {}
for _, name in ipairs(names) do
  table.insert(result, {name, backlog[name], members[name]})
end
return result
