import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Codec } from '#libs/contracts';
import { builtInFormat, json, msgpack } from '#libs/codec';
import { loadRouteCodecs } from './load-route-codecs.js';

afterEach(() => void vi.restoreAllMocks());

describe('when routes ask for codecs of the package', () => {
  it('should load each before the first item, and fail where one cannot be loaded', async () => {
    const load = vi.fn(() => {
      throw new Error('install msgpackr');
    });
    vi.spyOn(msgpack as Required<Codec>, 'load').mockImplementation(load);
    await loadRouteCodecs([json].map((codec) => builtInFormat(codec) ?? 0));
    expect(load).not.toHaveBeenCalled();
    await expect(loadRouteCodecs([json, msgpack].map((codec) => builtInFormat(codec) ?? 0))).rejects.toThrow(
      'install msgpackr',
    );
  });
});
