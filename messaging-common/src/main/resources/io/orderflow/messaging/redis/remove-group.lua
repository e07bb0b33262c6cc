-- Removes a group of a topic with all that waits for it, unless it has members.
--
-- KEYS: the group's members on this topic, the owners of its partitions, then the streams of the topic.
-- ARGV: the group, how the keys of leases begin.
-- Returns 1, or 0 if the group has members: then nothing was removed.
for _, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if isAlive(ARGV[2] .. name) then
    return 0
  end
end
for i = 3, #KEYS do
  local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[i], ARGV[1])
  if not consumers.err then
    for _, consumer in ipairs(consumers) do
      if isAlive(ARGV[2] .. consumer[2]) then
        return 0
      end
    end
  end
end
for i = 3, #KEYS do
  redis.pcall('XGROUP', 'DESTROY', KEYS[i], ARGV[1])
end
redis.call('DEL', KEYS[1], KEYS[2])
return 1
