-- Gives a member its fair share of a topic's partitions, as far as they are free. A partition is free if its owner has no
-- lease any more, so the lease is all that an owner has to renew. Members that have more than their share stay owners
-- until they give partitions away: with the next call, when they have committed what they polled from them.
--
-- KEYS: the member's lease, the members of the group on this topic, the owners of the topic's partitions.
-- ARGV: the member, how the keys of leases begin, how many partitions there are, then those that the member gives away.
-- Returns how many partitions the member may have, then those that it has; or -1 if it has no lease any more.
local lease, members, owners = KEYS[1], KEYS[2], KEYS[3]
local member, leases, partitions = ARGV[1], ARGV[2], tonumber(ARGV[3])

if redis.call('EXISTS', lease) == 0 then
  return {-1}
end

for i = 4, #ARGV do
  if redis.call('HGET', owners, ARGV[i]) == member then
    redis.call('HDEL', owners, ARGV[i])
  end
end

local alive, has, tie = {}, {}, {}
if redis.call('SISMEMBER', members, member) == 0 then
  redis.call('SADD', members, member) -- not each time, which spares the server a write
end
for _, name in ipairs(redis.call('SMEMBERS', members)) do
  if isAlive(leases .. name) then
    table.insert(alive, name)
    has[name] = 0
    tie[name] = redis.sha1hex(members .. name) -- so that it is not the same member that has one more of every topic
  else
    redis.call('SREM', members, name)
  end
end

local mine, free = {}, {}
for partition = 0, partitions - 1 do
  local owner = redis.call('HGET', owners, partition)
  if owner == member then
    table.insert(mine, partition)
  elseif not owner or not has[owner] then
    table.insert(free, partition)
  end
  if owner and has[owner] then
    has[owner] = has[owner] + 1
  end
end

-- Where it does not come out even, those have one more who have more already: that moves the fewest.
table.sort(alive, function(one, other)
  if has[one] ~= has[other] then
    return has[one] > has[other]
  end
  return tie[one] < tie[other]
end)
local share = math.floor(partitions / #alive)
for rank = 1, partitions % #alive do
  if alive[rank] == member then
    share = share + 1
  end
end

for _, partition in ipairs(free) do
  if #mine < share then
    redis.call('HSET', owners, partition, member)
    table.insert(mine, partition)
  end
end
return {share, unpack(mine)}
