import { describe, expect, it, vi } from 'vitest';
import type { JobDescription } from './job-description.interface.js';
import { JobEventStream } from './job-event-stream.js';

const job = (state: JobDescription['state']): JobDescription => ({ id: 'a', state, route: '/x', createdAt: '' });

function streamOf(read: () => Promise<JobDescription | undefined>, keepAliveMs = 0) {
  const listeners = new Set<() => void>();
  const unwatched = vi.fn();
  const stream = new JobEventStream({
    read,
    keepAliveMs,
    hasEnded: ({ state }) => state !== 'running',
    watch: (listener) => {
      listeners.add(listener);
      return unwatched;
    },
  });
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = new Promise((resolve) => stream.on('end', resolve));
  return { stream, ended, unwatched, news: () => listeners.forEach((listener) => listener()), text: () => text };
}

describe('when somebody listens to a job', () => {
  it('should tell what it is like at first, each change once, and end with the last', async () => {
    let now = job('running');
    const { news, ended, text, unwatched } = streamOf(() => Promise.resolve(now));
    await expect.poll(text).toBe(`data: ${JSON.stringify(now)}\n\n`);
    news();
    news();
    now = job('succeeded');
    news();
    await ended;
    expect(text()).toBe(`data: ${JSON.stringify(job('running'))}\n\ndata: ${JSON.stringify(now)}\n\n`);
    expect(unwatched).toHaveBeenCalled();
  });

  it('should not miss a change that comes during a look', async () => {
    const reads: ((value: JobDescription) => void)[] = [];
    const { news, ended } = streamOf(() => new Promise((resolve) => reads.push(resolve)));
    news();
    reads[0]?.(job('running'));
    await expect.poll(() => reads.length).toBe(2);
    reads[1]?.(job('failed'));
    await ended;
  });

  it('should end when the job is removed', async () => {
    const { ended, text } = streamOf(() => Promise.resolve(undefined));
    await ended;
    expect(text()).toBe('');
  });

  it('should go on when a look fails, and comment on silence', async () => {
    const read = vi.fn<() => Promise<JobDescription>>().mockRejectedValueOnce(new Error('no Redis'));
    read.mockResolvedValue(job('running'));
    const { stream, text } = streamOf(read, 5);
    await expect.poll(text).toContain('data: ');
    expect(text()).toMatch(/^(:\n\n)+data: /);
    stream.finish();
  });

  it('should let go of the job when the client leaves', async () => {
    const { stream, unwatched, news } = streamOf(() => Promise.resolve(job('running')), 1);
    stream.destroy();
    await expect.poll(() => unwatched.mock.calls.length).toBeGreaterThan(0);
    news();
  });
});
