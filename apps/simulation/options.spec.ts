import { describe, expect, it } from 'vitest';
import { parseOptions, USAGE } from './options.js';

describe('when options are read', () => {
  it('should have the defaults that the usage tells', () => {
    expect(parseOptions([])).toMatchObject({
      hosts: [1, 2, 3, 5, 10, 30, 100, 300, 1_000],
      gateways: undefined,
      shards: 1,
      stages: [{ baseMs: 20, itemMs: 0.5, maxBatchSize: 32, isLocal: false }],
      load: 0.7,
      loseHosts: 0,
      seed: 1,
    });
  });

  it('should know stages with and without a cost for each item, and those beside the gateway', () => {
    expect(parseOptions(['--stages', '2x8@gateway,20+0.5x32'])?.stages).toEqual([
      { baseMs: 2, itemMs: 0, maxBatchSize: 8, isLocal: true },
      { baseMs: 20, itemMs: 0.5, maxBatchSize: 32, isLocal: false },
    ]);
  });

  it('should tell its usage when asked for it', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--hosts', '0'], '"--hosts 0" must be a number from 1 to 10000.'],
    [['--hosts', '1,2.5'], '"--hosts 2.5" must be a whole number from 1 to 10000.'],
    [['--shards', 'many'], '"--shards many" must be a number from 1 to 10000.'],
    [['--shard-by', 'route'], '"--shard-by route" must be one of cell, stage.'],
    [['--hosts', '2,3', '--lose-hosts', '2'], '"--lose-hosts 2" must be a number from 0 to 1.'],
    [
      ['--stages', '2x8@gateway'],
      '"--stages 2x8@gateway" must have a stage that is not "@gateway": there is nothing for hosts to do.',
    ],
    [
      ['--stages', '20'],
      '"20" of "--stages" must be <ms per batch>+<ms per item>x<largest batch>, for instance 20+0.5x32 or 2x8@gateway.',
    ],
  ])('should refuse %j, naming it', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });

  it('should refuse options that it does not have', () => {
    expect(() => parseOptions(['--host', '2'])).toThrow("Unknown option '--host'");
    expect(USAGE).toContain('--hosts');
  });
});
