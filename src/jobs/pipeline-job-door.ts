import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ClientError, MosecError } from '#libs/contracts';
import { JobRefusal, type Idempotency, type JobOrder, type JobRecord } from '#libs/jobs';
import type { AcceptedJob, DeferredWork, JobDoor } from '../http/job-door.interface.js';
import { requestTimeout } from '../http/request-timeout.js';

/** What an application says about its jobs, as its doors need it. */
export interface DoorParts {
  readonly timeoutMs: number;
  readonly owner: (request: FastifyRequest) => string | undefined;
  readonly hasWebhooks: boolean;
  readonly stages: () => readonly string[];
  readonly accept: (order: JobOrder, body: Uint8Array, idempotency?: Idempotency) => Promise<JobRecord>;
  readonly answer: (record: JobRecord) => AcceptedJob;
}

const LONGEST_KEY = 255;

/** Makes jobs of the requests of one pipeline. */
export class PipelineJobDoor implements JobDoor {
  constructor(
    readonly takesAll: boolean,
    private readonly parts: DoorParts,
  ) {}

  async accept(request: FastifyRequest, work: DeferredWork): Promise<AcceptedJob> {
    try {
      const { payload, ...rest } = work;
      const order = { ...rest, ...this.asked(request), stages: this.parts.stages() };
      return this.parts.answer(await this.parts.accept(order, payload, idempotencyOf(request, payload)));
    } catch (cause) {
      if (cause instanceof MosecError) throw cause;
      throw new MosecError('inference internal error', 500, 'INTERNAL', { cause });
    }
  }

  private asked(request: FastifyRequest): Pick<JobOrder, 'timeoutMs' | 'owner' | 'webhook'> {
    const { timeoutMs, owner, hasWebhooks } = this.parts;
    const { headers } = request;
    const webhook = textOf(headers['webhook-url']);
    if (webhook !== undefined && !hasWebhooks) {
      throw new JobRefusal('this service sends no webhooks: leave out the header Webhook-Url', 'WEBHOOK_REFUSED');
    }
    const limitMs = requestTimeout(headers['x-request-timeout'], timeoutMs);
    return { timeoutMs: limitMs, owner: owner(request), webhook };
  }
}

/**
 * The key of a client, and what it stands for.
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 * @throws ClientError when the key is empty or too long
 */
function idempotencyOf({ headers, url }: FastifyRequest, body: Uint8Array): Idempotency | undefined {
  const key = textOf(headers['idempotency-key']);
  if (key === undefined) return undefined;
  if (key === '' || key.length > LONGEST_KEY) {
    throw new ClientError(`Idempotency-Key must have 1 to ${LONGEST_KEY} characters`);
  }
  const about = [url, headers['content-type'], headers.accept, headers['webhook-url'], headers['x-request-timeout']];
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(about.map((each) => each ?? null)))
    .update(body)
    .digest('base64url');
  return { key, fingerprint };
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return header === undefined ? undefined : [header].flat().join(', ').trim();
}
