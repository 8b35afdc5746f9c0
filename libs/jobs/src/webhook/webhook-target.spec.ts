import { describe, expect, it, vi } from 'vitest';
import { hostAllowed, WebhookTargets, type Resolve } from './webhook-target.js';

const settings = { allow: ['hooks.example.com', '*.example.org:8443'], allowPrivate: [], allowHttp: false };
const resolving = (...addresses: string[]): Resolve =>
  vi.fn<Resolve>().mockResolvedValue(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

describe('when a webhook URL is checked', () => {
  it('should give an address of its host', async () => {
    const targets = new WebhookTargets(settings, resolving('1.1.1.1', '2606:4700::1'));
    const { url, address } = await targets.check('https://hooks.example.com/a?b=c');
    expect([url.href, address]).toEqual(['https://hooks.example.com/a?b=c', { address: '1.1.1.1', family: 4 }]);
  });

  it.each([
    ['http://hooks.example.com/', 'it is not https'],
    ['https://hooks.example.com:8443/', 'the host "hooks.example.com:8443" is not allowed'],
    ['https://example.org:8443/', 'is not allowed'],
    ['https://hooks.example.com.evil.net/', 'is not allowed'],
    ['https://me:word@hooks.example.com/', 'it holds a user or a password'],
    ['file:///etc/passwd', 'it is not https'],
    [`https://hooks.example.com/${'x'.repeat(2_048)}`, 'it is no URL'],
    ['//hooks.example.com', 'it is no URL'],
  ])('should refuse %s without looking it up', async (text, why) => {
    const resolve = resolving('1.1.1.1');
    const checked = new WebhookTargets(settings, resolve).check(text);
    await expect(checked).rejects.toMatchObject({
      statusCode: 422,
      code: 'WEBHOOK_REFUSED',
      message: expect.stringContaining(why) as string,
    });
    expect(resolve).not.toHaveBeenCalled();
  });

  it.each([[['127.0.0.1']], [['1.1.1.1', '10.0.0.1']], [['::ffff:10.0.0.1']], [['169.254.169.254']]])(
    'should refuse a name that means %j',
    async (addresses) => {
      const checked = new WebhookTargets(settings, resolving(...addresses)).check('https://hooks.example.com/');
      await expect(checked).rejects.toThrow('has an address that is not public');
    },
  );

  it('should refuse a name that means nothing', async () => {
    const unknown: Resolve = () => Promise.reject(new Error('ENOTFOUND'));
    for (const resolve of [unknown, resolving()]) {
      const checked = new WebhookTargets(settings, resolve).check('https://hooks.example.com/');
      await expect(checked).rejects.toThrow('the host "hooks.example.com" cannot be found');
    }
  });

  it('should call private ranges and plain HTTP where that is allowed', async () => {
    const open = { allow: ['*:*'], allowPrivate: ['10.0.0.0/8'], allowHttp: true };
    const targets = new WebhookTargets(open, resolving('10.0.0.1'));
    expect((await targets.check('http://inside:8080/')).address.address).toBe('10.0.0.1');
    expect((await targets.check('http://10.2.3.4/')).address).toEqual({ address: '10.2.3.4', family: 4 });
    await expect(targets.check('http://[::1]/')).rejects.toThrow('not public');
    await expect(targets.check('http://2130706433/')).rejects.toThrow('not public');
  });
});

describe('when a host is compared with a pattern', () => {
  it.each([
    ['a.example.com', 'a.example.com', '443', true, true],
    ['A.example.com', 'a.example.com', '443', true, true],
    ['*.example.com', 'a.b.example.com', '443', true, true],
    ['*.example.com', 'example.com', '443', true, false],
    ['*.example.com', 'badexample.com', '443', true, false],
    ['*', 'anything', '443', true, true],
    ['*', 'anything', '8443', false, false],
    ['*:*', 'anything', '8443', false, true],
    ['a.example.com:8443', 'a.example.com', '8443', false, true],
    ['a.example.com:8443', 'a.example.com', '443', true, false],
  ])('%s: %s at %s, standard %s → %s', (pattern, host, port, standard, allowed) => {
    expect(hostAllowed(pattern, host, port, standard)).toBe(allowed);
  });
});
