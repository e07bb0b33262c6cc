-- Registers a member of a group on one topic, releases partitions, and assigns those of the wanted partitions that have
-- no owner. A partition has no owner if its owner's lease has expired.
--
-- KEYS: the member's lease, the set of members, the hash of partition owners.
-- ARGV: the member, the prefix of leases, the number of partitions to release, these, then the wanted partitions.
-- Returns the live members and the partitions that this member owns.
local members, owners = KEYS[2], KEYS[3]
local member, leases, lastReleased = ARGV[1], ARGV[2], 3 + ARGV[3]

requireLease(KEYS[1])
for i = 4, lastReleased do
  if redis.call('HGET', owners, ARGV[i]) == member then
    redis.call('HDEL', owners, ARGV[i])
  end
end
for i = lastReleased + 1, #ARGV do
  local owner = redis.call('HGET', owners, ARGV[i])
  if not owner or not isAlive(leases .. owner) then
    redis.call('HSET', owners, ARGV[i], member)
  end
end

if redis.call('SISMEMBER', members, member) == 0 then
  redis.call('SADD', members, member) -- only when needed: a write goes to disk
end
local alive, owned = {}, {}
for _, name in ipairs(redis.call('SMEMBERS', members)) do
  if isAlive(leases .. name) then
    table.insert(alive, name)
  else
    redis.call('SREM', members, name)
  end
end
local entries = redis.call('HGETALL', owners)
for i = 1, #entries, 2 do
  if entries[i + 1] == member then
    table.insert(owned, entries[i])
  end
end
return {alive, owned}
