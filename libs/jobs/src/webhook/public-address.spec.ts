import { describe, expect, it } from 'vitest';
import { listOf, mayBeCalled } from './public-address.js';

const NONE = listOf([]);

describe('when an address is looked at', () => {
  it.each([
    '0.0.0.0',
    '10.255.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'ff02::1',
    '2001:0:7f00:1::',
    '2001:db8::1',
    '2002:7f00:1::',
    'example.com',
    '',
  ])('should not call %s', (address) => {
    expect(mayBeCalled(address, NONE)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.32.0.1',
    '192.167.1.1',
    '2606:4700:4700::1111',
    '::ffff:1.1.1.1',
  ])('should call %s', (address) => {
    expect(mayBeCalled(address, NONE)).toBe(true);
  });

  it('should call what is in an allowed range, in either form', () => {
    const allowed = listOf(['10.1.0.0/16', 'fd00::/8']);
    const called = ['10.1.2.3', '::ffff:10.1.2.3', 'fd12::1', '10.2.0.1', 'fe80::1'].map((each) =>
      mayBeCalled(each, allowed),
    );
    expect(called).toEqual([true, true, true, false, false]);
  });
});

describe('when a range is none', () => {
  it.each(['10.0.0.0', '10.0.0.0/33', 'x/8', '10.0.0.0/a', 'fd00::/129'])('should say so: %s', (range) => {
    expect(() => listOf([range])).toThrow(`"${range}" is no range`);
  });
});
