import { describe, expect, it } from 'vitest';
import { cpuSecondsOf } from './redis.js';

describe('when Redis tells of its processor time', () => {
  it('should add user and system time of the server, without its children', () => {
    const lines = ['# CPU', 'used_cpu_sys:1.5', 'used_cpu_user:2.25', 'used_cpu_sys_children:9', ''];
    expect(cpuSecondsOf(lines.join('\r\n'))).toBe(3.75);
  });
});
