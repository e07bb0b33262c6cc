-- Gives a member its lease. Its value says for how long it is given each time, see leases.lua.
--
-- KEYS: the member's lease.
-- ARGV: how long, in milliseconds.
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[1])
return 1
