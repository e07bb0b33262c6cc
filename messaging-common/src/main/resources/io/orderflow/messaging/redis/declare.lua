-- Records a topic's partitioning and creates consumer groups, unless the topic is recorded with another partitioning.
--
-- KEYS: the record, then the topic's streams.
-- ARGV: the partitioning, the start position of new groups (0 or $), then the groups.
-- Returns the recorded partitioning.
redis.call('SET', KEYS[1], ARGV[1], 'NX')
local recorded = redis.call('GET', KEYS[1])
if recorded ~= ARGV[1] then
  return recorded
end
for key = 2, #KEYS do
  for group = 3, #ARGV do
    local answer = redis.pcall('XGROUP', 'CREATE', KEYS[key], ARGV[group], ARGV[2], 'MKSTREAM')
    if answer.err and not string.find(answer.err, 'BUSYGROUP', 1, true) then
      return answer
    end
  end
end
return recorded
