-- Creates the lease of a member.
--
-- KEYS: the lease.
-- ARGV: its duration in milliseconds, which is also its value (see isAlive).
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[1])
return 1
