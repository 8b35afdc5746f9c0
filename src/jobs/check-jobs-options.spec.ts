import { describe, expect, it } from 'vitest';
import { jobsProblem } from './check-jobs-options.js';
import type { JobsOptions } from './jobs-options.interface.js';

const redis = 'redis://localhost';
const webhook = { secret: 'x'.repeat(24), allow: ['hooks.example.com'] };
class Guard {
  canActivate = (): boolean => true;
}

describe('when the options of jobs are checked', () => {
  it.each<JobsOptions>([
    { redis },
    {
      redis: { url: 'rediss://:word@host:7000/2', options: { tls: {} } },
      prefix: 'a.b',
      resultTtlMs: 1,
      concurrency: 1,
    },
    { redis: '/run/redis.sock', owner: () => 'me' },
    { redis, guard: { canActivate: () => true } },
    {
      redis,
      webhook: { ...webhook, allow: ['*', '*:*', '*.example.com:8443', '[::1]:80'], allowPrivate: ['fd00::/8'] },
    },
  ])('should take %j', (options) => {
    expect(jobsProblem(options)).toBeUndefined();
  });

  it.each<[object, string]>([
    [{}, 'has no Redis: give its URL'],
    [{ redis: 'localhost:6379' }, 'has no Redis'],
    [{ redis: { url: 5 } }, 'has no Redis'],
    [{ redis, prefix: 'a:b' }, 'has the prefix "a:b": give a word without spaces and colons'],
    [{ redis, owner: 'me' }, 'has the owner "me": give a function of the request'],
    [{ redis, guard: class {} }, 'has a guard without canActivate'],
    [{ redis, resultTtlMs: 0 }, 'has resultTtlMs "0": give a whole number from 1 to 2147483647'],
    [{ redis, maxPending: 1.5 }, 'has maxPending "1.5"'],
    [{ redis, webhook: { ...webhook, secret: 'short' } }, 'webhook secret of less than 24 bytes'],
    [{ redis, webhook: { ...webhook, secret: 'whsec_c2hvcnQ=' } }, 'webhook secret of less than 24 bytes'],
    [{ redis, webhook: { ...webhook, allow: [] } }, 'webhooks that may call no host'],
    [{ redis, webhook: { ...webhook, allow: ['https://a.b'] } }, "has the webhook host 'https://a.b'"],
    [{ redis, webhook: { ...webhook, allowPrivate: ['10.0.0.0'] } }, '"10.0.0.0" is no range; write e.g. 10.0.0.0/8'],
    [{ redis, webhook: { ...webhook, attempts: 0 } }, 'webhook } }) has attempts "0"'],
  ])('should say what is wrong with %j', (options, text) => {
    expect(jobsProblem(options)).toContain(text);
  });

  it('should take a guard as a class, and never show a secret', () => {
    class Able {
      canActivate(): boolean {
        return true;
      }
    }
    expect(jobsProblem({ redis, guard: Able })).toBeUndefined();
    expect(jobsProblem({ redis, guard: new Guard() })).toBeUndefined();
    expect(jobsProblem({ redis, webhook: { ...webhook, secret: 'my word' } })).not.toContain('my word');
    expect(jobsProblem({ redis: 'http://:my-word@host' })).not.toContain('my-word');
  });
});
