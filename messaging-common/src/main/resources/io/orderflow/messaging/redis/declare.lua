-- Records a topic and creates groups of it unless another kind of topic is recorded by that name.
--
-- KEYS: what is recorded of the topic, then its streams.
-- ARGV: what is to be recorded of it, where groups begin that are new (0 or $), then the groups.
-- Returns what is recorded.
local recorded = redis.call('GET', KEYS[1])
if not recorded then
  redis.call('SET', KEYS[1], ARGV[1])
elseif recorded ~= ARGV[1] then
  return recorded
end
for stream = 2, #KEYS do
  for group = 3, #ARGV do
    local answer = redis.pcall('XGROUP', 'CREATE', KEYS[stream], ARGV[group], ARGV[2], 'MKSTREAM')
    if answer.err and not string.find(answer.err, 'BUSYGROUP', 1, true) then
      return answer
    end
  end
end
return ARGV[1]
