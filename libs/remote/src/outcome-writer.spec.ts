import { setImmediate } from 'node:timers/promises';
import type { RedisClient } from './redis-client.js';
import { describe, expect, it } from 'vitest';
import { OutcomeWriter } from './outcome-writer.js';
import { RemoteKeys } from './remote-keys.js';

type Reply = readonly [Error | null, unknown];

const lost = new Error('Connection is closed.');
const refusal = Object.assign(new Error('OOM command not allowed'), { name: 'ReplyError' });

/** A Redis that gives these replies to all commands of the first, the second… pipeline; after that it does as told. */
function writerOn(...replies: readonly (Error | null)[]) {
  const pipelines: string[][] = [];
  const redis = {
    status: 'ready',
    pipeline: () => {
      const commands: string[] = [];
      const error = replies[pipelines.push(commands) - 1] ?? null;
      const noted =
        (name: string) =>
        (key: string | string[], ...rest: unknown[]) => {
          const how = name === 'set' ? ` ${rest.slice(1).join(' ')}` : '';
          commands.push(`${name} ${String(key)}${how}`);
          return pipeline;
        };
      const pipeline = {
        set: noted('set'),
        publish: noted('publish'),
        unlink: noted('unlink'),
        exec: async (): Promise<Reply[]> => commands.map(() => [error, 'OK']),
      };
      return pipeline;
    },
  };
  return { redis, pipelines, writer: new OutcomeWriter(redis as unknown as RedisClient, new RemoteKeys('m')) };
}

async function write(writer: OutcomeWriter, ...ids: readonly string[]): Promise<string[]> {
  const written: string[] = [];
  for (const id of ids) writer.write({ id, value: Buffer.alloc(1), lifeMs: 9, written: () => written.push(id) });
  for (let turn = 0; turn < 4; turn++) await setImmediate();
  return written;
}

describe('when outcomes are written in one turn', () => {
  it('should put them into Redis before one bell for each gateway, and remove the values last', async () => {
    const { writer, pipelines } = writerOn();
    expect(await write(writer, 'a-1', 'b-1', 'a-2')).toEqual(['a-1', 'b-1', 'a-2']);
    expect(pipelines).toEqual([
      [
        'set m:remote:out:a-1 PX 9 NX',
        'set m:remote:out:b-1 PX 9 NX',
        'set m:remote:out:a-2 PX 9 NX',
        'publish m:remote:answers:a',
        'publish m:remote:answers:b',
        'unlink m:remote:in:a-1,m:remote:in:b-1,m:remote:in:a-2',
      ],
    ]);
  });

  it('should ring nobody for a job that no gateway has named', async () => {
    const { writer, pipelines } = writerOn();
    expect(await write(writer, 'stray')).toEqual(['stray']);
    expect(pipelines).toEqual([['set m:remote:out:stray PX 9 NX', 'unlink m:remote:in:stray']]);
  });
});

describe('when an outcome is not written', () => {
  it('should write it again after the connection was lost', async () => {
    const { writer, pipelines } = writerOn(lost, lost);
    expect(await write(writer, 'a-1')).toEqual(['a-1']);
    expect(pipelines).toHaveLength(3);
  });

  it('should leave it where Redis refuses it: the gateway finds none, and says so', async () => {
    const { writer, pipelines } = writerOn(refusal);
    expect(await write(writer, 'a-1')).toEqual(['a-1']);
    expect(pipelines).toHaveLength(1);
  });

  it('should end when the host has closed the connection itself', async () => {
    const { writer, pipelines, redis } = writerOn(lost);
    redis.status = 'end';
    expect(await write(writer, 'a-1')).toEqual(['a-1']);
    expect(pipelines).toHaveLength(1);
  });
});
