import { describe, expect, it } from 'vitest';
import { keyOf, signatureHeaders } from './webhook-signature.js';

describe('when a message is signed', () => {
  it('should have the headers of the example of Standard Webhooks', () => {
    // https://github.com/standard-webhooks/standard-webhooks, its tests of verification
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330_000,
      payload: '{"test": 2432232314}',
    };
    expect(signatureHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', message)).toEqual({
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('should have another signature for another id, time, payload and secret', () => {
    const message = { id: 'a', timestamp: 1_000, payload: 'x' };
    const variants = [message, { ...message, id: 'b' }, { ...message, timestamp: 2_000 }, { ...message, payload: 'y' }];
    const signatures = [
      ...variants.map((each) => signatureHeaders('secret', each)['webhook-signature']),
      signatureHeaders('other', message)['webhook-signature'],
    ];
    expect(new Set(signatures).size).toBe(5);
  });

  it('should take a secret as text, or as base64 behind its prefix', () => {
    expect(keyOf('plain text')).toEqual(Buffer.from('plain text'));
    expect(keyOf(`whsec_${Buffer.from([1, 2, 3]).toString('base64')}`)).toEqual(Buffer.from([1, 2, 3]));
  });
});
