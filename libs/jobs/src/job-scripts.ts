/**
 * What changes a job, each in one step of Redis, so that of two processes one is first and the other sees it. The first
 * key is the record of the job, and `ARGV[1]` the channel of its changes, but in `ACCEPT`.
 */

/** A known key tells its job, another body under it is refused, and a new job is written whole or not at all. */
export const ACCEPT = `
local record, body, known, waiting = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local fingerprint, limit, ttl, jobs = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
if fingerprint ~= '' then
  local job = redis.call('HMGET', known, 'fingerprint', 'id')
  local state = job[2] and redis.call('HGET', jobs .. job[2], 'state')
  if state and job[1] ~= fingerprint then return {'mismatch'} end
  if state then return {'known', job[2], state} end
end
if redis.call('LLEN', waiting) >= limit then return {'full'} end
redis.call('DEL', record)
redis.call('HSET', record, unpack(ARGV, 7))
redis.call('PEXPIRE', record, ttl)
redis.call('SET', body, ARGV[6], 'PX', ttl)
if fingerprint ~= '' then
  redis.call('HSET', record, 'known', known)
  redis.call('HSET', known, 'fingerprint', fingerprint, 'id', ARGV[5])
  redis.call('PEXPIRE', known, ttl)
end
return {'new', ARGV[5], 'queued'}
`;

const KEEP = `
local function keep(record, ttl)
  redis.call('PEXPIRE', record, ttl)
  local known = redis.call('HGET', record, 'known')
  if known then redis.call('PEXPIRE', known, ttl) end
end
`;

/** A job that has ended, or is gone, is not begun again. */
export const BEGIN = `${KEEP}
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'queued' and state ~= 'running' then return state or 'gone' end
redis.call('HSET', KEYS[1], 'state', 'running', 'startedAt', ARGV[2], 'stage', 0)
redis.call('HINCRBY', KEYS[1], 'attempts', 1)
keep(KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('PUBLISH', ARGV[1], '')
return 'begun'
`;

export const PROGRESS = `
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'running' then return state or 'gone' end
redis.call('HSET', KEYS[1], 'stage', ARGV[2])
redis.call('PUBLISH', ARGV[1], '')
return state
`;

/** Back to the queue: another process is going to begin it. */
export const REQUEUE = `
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'queued')
redis.call('HDEL', KEYS[1], 'startedAt', 'stage')
redis.call('PUBLISH', ARGV[1], '')
return 1
`;

/** The first end counts. */
export const FINISH = `${KEEP}
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'running' and state ~= 'queued' then return state or 'gone' end
redis.call('HSET', KEYS[1], unpack(ARGV, 4))
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[2])
redis.call('DEL', KEYS[3])
keep(KEYS[1], ARGV[2])
redis.call('PUBLISH', ARGV[1], '')
return 'finished'
`;

/** Tells the state before, whoever runs the job is told by the second channel. */
export const CANCEL = `${KEEP}
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'running' and state ~= 'queued' then return state or 'gone' end
redis.call('HSET', KEYS[1], 'state', 'cancelled', 'finishedAt', ARGV[2])
redis.call('DEL', KEYS[2])
keep(KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[1], '')
redis.call('PUBLISH', ARGV[4], ARGV[5])
return state
`;

export const FORGET = `
local known = redis.call('HGET', KEYS[1], 'known')
if known then redis.call('DEL', known) end
return redis.call('DEL', unpack(KEYS))
`;

/** Of a record that is still there: a new one would have no expiry. */
export const TOLD = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
return redis.call('HSET', KEYS[1], 'told', '1')
`;
