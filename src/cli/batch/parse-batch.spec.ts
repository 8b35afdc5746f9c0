import { describe, expect, it } from 'vitest';
import { parseBatch } from './parse-batch.js';

const NEEDED = ['--route', '/v1/x', '--in', 'in.jsonl', '--out', 'out.jsonl'];
const parse = (args: readonly string[], env = {}) => parseBatch(args, '/data', env);
const plan = (...args: string[]) => parse([...NEEDED, ...args]);

describe('when the command line is read', () => {
  it('should have defaults for all but route and files', () => {
    expect(plan()).toEqual({
      ...{ input: '/data/in.jsonl', output: '/data/out.jsonl', restart: false, failFast: false },
      ...{ url: new URL('http://127.0.0.1:8000'), route: '/v1/x', format: 'auto', headers: {} },
      ...{ concurrency: 64, retries: 3, timeoutMs: 60_000, patienceMs: 300_000, maxLineBytes: 16 * 1024 * 1024 },
    });
  });

  it('should take what is given', () => {
    const args = [
      '--url',
      'https://host/base',
      '--format',
      'openai',
      '--retries',
      '0',
      '--max-line',
      '1KiB',
      '--restart',
    ];
    expect(plan(...args, '--fail-fast', '--concurrency', '5')).toMatchObject({
      ...{ url: new URL('https://host/base'), format: 'openai', retries: 0, maxLineBytes: 1024, restart: true },
      ...{ failFast: true, concurrency: 5 },
    });
    expect(parse(['--route', '/', '--in', '-', '--out', '-'])).toMatchObject({ input: '-', output: '-' });
  });

  it('should read secrets from the environment', () => {
    const args = [...NEEDED, '--header', 'Authorization: Bearer ${API_KEY}'];
    expect(parse(args, { API_KEY: 's3' }).headers).toEqual({ authorization: 'Bearer s3' });
    expect(() => parse(args)).toThrow('set the variable API_KEY');
  });

  it.each([
    [['--in', 'a', '--out', 'b'], '--route is missing'],
    [['--route', '/x', '--out', 'b'], '--in is missing'],
    [['--route', '/x', '--in', 'a'], '--out is missing'],
    [['--route', 'x', '--in', 'a', '--out', 'b'], '--route "x" cannot be used'],
    [['--route', '//host', '--in', 'a', '--out', 'b'], '--route "//host" cannot be used'],
    [['--route', '/x', '--in', 'a', '--out', './a'], '--in and --out are both "a"'],
    [['--route', '/x', '--in', 'a', '--out', '-', '--restart'], '--restart needs a file'],
    [[...NEEDED, 'more'], 'one argument too many'],
    [[...NEEDED, '--format', 'csv'], '--format "csv" cannot be used'],
    [[...NEEDED, '--max-line', '5'], '--max-line "5" cannot be used'],
    [[...NEEDED, '--max-line', '1024MiB'], 'from 1KiB to 256MiB'],
    [[...NEEDED, '--retries', '-1'], "'--retries"],
    [[...NEEDED, '--header', 'Content-Length: 3'], 'the client sets it itself'],
    [[...NEEDED, '--speed', '3'], 'see nestjs-mosec batch --help'],
  ])('should refuse with the cure: %j', (args, words) => {
    expect(() => parse(args)).toThrow(words);
  });
});
