import { describe, expect, it } from 'vitest';
import { describeCell } from './cells/cell.js';
import { parseOptions } from './options.js';

describe('when no option is given', () => {
  it('should compare all pipelines with a bare route of Fastify', () => {
    const options = parseOptions([]);
    expect(options).toMatchObject({
      peer: 'fastify',
      overload: true,
      rounds: 3,
      starts: 5,
      seconds: 1,
      warmUpSeconds: 1,
    });
    expect(options).toMatchObject({ sharedMemory: true, profile: undefined, json: undefined });
    expect(options?.cells).toHaveLength(12);
  });
});

describe('when the peer is mosec', () => {
  it('should measure for longer, and streams too, but not the overload of this package', () => {
    expect(parseOptions(['--peer', 'mosec'])).toMatchObject({
      overload: false,
      stream: true,
      seconds: 2,
      warmUpSeconds: 10,
    });
  });

  it('should refuse the overload of this package by name', () => {
    expect(() => parseOptions(['--peer', 'mosec', '--scope', 'overload'])).toThrow(
      '"--scope overload" must be one of one, batch32, three, stream.',
    );
  });
});

describe('when cells are chosen', () => {
  it('should take pipelines, bodies and connections from lists', () => {
    const options = parseOptions(['--scope', 'three,one', '--bodies', '20,1m', '--connections', '16']);
    expect(options?.cells.map(describeCell)).toEqual([
      'one, 20 B, 16 connections',
      'one, 1 MB, 16 connections',
      'three, 20 B, 16 connections',
      'three, 1 MB, 16 connections',
    ]);
    expect(options?.overload).toBe(false);
  });

  it('should measure no pipeline when only the overload is asked for', () => {
    expect(parseOptions(['--scope', 'overload'])).toMatchObject({ cells: [], overload: true });
  });
});

describe('when remote stages are asked for', () => {
  it('should measure them alone, with one host and a Redis of its own', () => {
    expect(parseOptions(['--remote'])).toMatchObject({
      cells: [],
      overload: false,
      stream: false,
      remote: { redis: undefined, hosts: 1 },
    });
    expect(parseOptions([])?.remote).toBeUndefined();
  });

  it('should take another Redis and more hosts', () => {
    const remote = { redis: 'redis://cache:6379', hosts: 3 };
    expect(parseOptions('--remote --hosts 3 --redis redis://cache:6379'.split(' '))).toMatchObject({ remote });
  });
});

describe('when the other options are given', () => {
  it('should take them as they are', () => {
    const args = '--rounds 7 --starts 2 --seconds 0.5 --warm-up 0 --shared-memory off --profile here --json there.json';
    expect(parseOptions(args.split(' '))).toMatchObject({
      rounds: 7,
      starts: 2,
      seconds: 0.5,
      warmUpSeconds: 0,
      sharedMemory: false,
      profile: 'here',
      json: 'there.json',
    });
  });

  it('should return nothing for --help', () => expect(parseOptions(['--help'])).toBeUndefined());
});

describe('when an option is wrong', () => {
  it.each([
    ['--peer', 'flask', '"--peer flask" must be one of fastify, mosec.'],
    ['--bodies', '20,5x', '"--bodies 5x" must be a whole number from 1 to 1000000000.'],
    ['--bodies', '', '"--bodies " must be'],
    ['--connections', '0', '"--connections 0" must be a whole number from 1 to 10000.'],
    ['--rounds', '1.5', '"--rounds 1.5" must be a whole number from 1 to 1000.'],
    ['--seconds', 'soon', '"--seconds soon" must be a number from 0.05 to 3600.'],
    ['--warm-up', ' ', '"--warm-up  " must be a number from 0 to 3600.'],
    ['--shared-memory', 'yes', '"--shared-memory yes" must be one of on, off.'],
    ['--hosts', '2', '"--hosts" is an option of --remote: add it.'],
    ['--redis', 'redis://here', '"--redis" is an option of --remote: add it.'],
    ['--remote', '--hosts=4', '"--hosts 4" must be a whole number from 1 to 3.'],
    ['--remote', '--peer=mosec', '"--remote" has no peer: leave --peer out.'],
    ['--remote', '--redis=cache', '"--redis cache" must be a URL like redis://host:6379.'],
    ['--reporter', 'json', "Unknown option '--reporter'"],
  ])('should name it: %s %s', (option, value, message) => {
    expect(() => parseOptions([option, value])).toThrow(message);
  });
});
