import { describe, expect, it } from 'vitest';
import { profileName } from './name-profiles.js';

describe('when a profile is given a name', () => {
  it.each([
    ['CPU.20260101.120000.100.0.001.cpuprofile', 'one-gateway-100.cpuprofile'],
    ['CPU.20260101.120000.101.0.001.cpuprofile', 'one-worker-101.cpuprofile'],
    ['CPU.20260101.120000.100.3.002.cpuprofile', 'one-gateway-100-3.cpuprofile'],
  ])('should tell whose %s is', (name, renamed) => expect(profileName(name, 100, 'one')).toBe(renamed));

  it.each(['one-worker-101.cpuprofile', 'notes.txt'])('should leave %s alone', (name) => {
    expect(profileName(name, 100, 'one')).toBeUndefined();
  });
});
