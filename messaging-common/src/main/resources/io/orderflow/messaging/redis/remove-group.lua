-- Removes a group of a topic with its backlog, unless the group has live members.
--
-- KEYS: the set of members, the hash of partition owners, then the topic's streams.
-- ARGV: the group, the prefix of leases.
-- Returns 1, or 0 if the group has live members and was not removed.
for _, member in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if isAlive(ARGV[2] .. member) then
    return 0
  end
end
for key = 3, #KEYS do
  redis.pcall('XGROUP', 'DESTROY', KEYS[key], ARGV[1])
end
redis.call('DEL', KEYS[1], KEYS[2])
return 1
