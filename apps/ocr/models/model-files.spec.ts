import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { modelDirectory } from './model-files.js';

afterEach(() => vi.unstubAllEnvs());

describe('when MODEL_DIR is not set', () => {
  it('should be the folder of the npm package', () => {
    vi.stubEnv('MODEL_DIR', undefined);
    expect(existsSync(join(modelDirectory(), 'ppocr_keys_v1.txt'))).toBe(true);
  });
});

describe('when MODEL_DIR is set', () => {
  it('should be that folder', () => {
    vi.stubEnv('MODEL_DIR', '/srv/models');
    expect(modelDirectory()).toBe('/srv/models');
  });
});
