-- Precedes every script.

-- A lease expires at a time of the server's clock. If the clock is set back, the lease is cut to its original duration.
local function isAlive(lease)
  local left, duration = redis.call('PTTL', lease), tonumber(redis.call('GET', lease) or '')
  if duration and left > duration then
    redis.call('PEXPIRE', lease, duration)
  end
  return left ~= -2
end

local function requireLease(lease)
  if redis.call('EXISTS', lease) == 0 then
    error('NOLEASE the lease of this member has expired')
  end
end

