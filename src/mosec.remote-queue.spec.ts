import { describe, expect, it } from 'vitest';
import { json, text } from '#libs/codec';
import { remoteQueueName } from './mosec.remote-queue.js';

type Plan = Parameters<typeof remoteQueueName>[0];

const plan = (part: Partial<Plan> = {}): Plan => ({
  name: 'Detect',
  options: { codec: [json, text] },
  senders: [],
  routeFormats: [],
  mode: 'process',
  handOver: undefined,
  ...part,
});

describe('when gateways and hosts name the queue of a stage', () => {
  it('should begin with the stage, and be the same for the same codecs', () => {
    expect(remoteQueueName(plan())).toMatch(/^Detect-[0-9a-f]{8}$/);
    expect(remoteQueueName(plan({ options: { codec: [json, text], replicas: 4 } }))).toBe(remoteQueueName(plan()));
  });

  it.each<Partial<Plan>>([
    { options: { codec: [text, json] } },
    { options: { codec: json } },
    { options: {} },
    { routeFormats: [3] },
  ])('should differ where a payload would be read as something else: %#', (part) => {
    expect(remoteQueueName(plan(part))).not.toBe(remoteQueueName(plan()));
  });
});
