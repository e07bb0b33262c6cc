-- Stands before the scripts that judge by leases who is alive, see join.lua.
--
-- A lease ends at a time of the server's clock. If that was set back the lease would last longer by as much, so it is cut
-- to the length for which it is given each time.
local function isAlive(lease)
  local left = redis.call('PTTL', lease)
  if left == -2 then
    return false
  end
  local length = tonumber(redis.call('GET', lease) or '')
  if length and left > length then
    redis.call('PEXPIRE', lease, length)
  end
  return true
end

