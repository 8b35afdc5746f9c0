import type { JobDescription } from 'nestjs-mosec';
import { createParser } from 'eventsource-parser';
import { ask, post, type Answer } from './post.js';
import { waitFor } from './wait-for.js';

/** A client of asynchronous jobs, of a server or of several in turns. */
export class JobClient {
  constructor(
    private readonly url: () => string,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** Any answer to a request that asks for a job. */
  submit(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return post(`${this.url()}${path}`, body, { prefer: 'respond-async', ...this.headers, ...headers });
  }

  /** @returns the location of the new job @throws Error where the answer is not 202 */
  async start(path: string, body: unknown, headers?: Record<string, string>): Promise<string> {
    const answer = await this.submit(path, body, headers);
    if (answer.status !== 202) throw new Error(`${answer.status}: ${answer.text}`);
    return answer.headers.get('location') ?? '';
  }

  get(path: string, init: RequestInit = {}): Promise<Answer> {
    return ask(`${this.url()}${path}`, { ...init, headers: this.headers });
  }

  async job(location: string): Promise<JobDescription> {
    return (await this.get(location)).json as JobDescription;
  }

  remove(location: string): Promise<Answer> {
    return this.get(location, { method: 'DELETE' });
  }

  /** Resolves with the job as soon as it is in this state. */
  async until(location: string, state: JobDescription['state']): Promise<JobDescription> {
    let last: Answer | undefined;
    const look = async (): Promise<JobDescription | false> => {
      last = await this.get(location);
      const job = last.json as JobDescription;
      return job.state === state && job;
    };
    return waitFor(look, { what: `job to be ${state}` }).catch((cause: unknown) => {
      throw new Error(`the job is ${last?.text}`, { cause });
    });
  }

  /** All events about a job, up to the end of the stream. */
  async events(location: string): Promise<JobDescription[]> {
    const response = await fetch(`${this.url()}${location}/events`, { headers: this.headers });
    const events: JobDescription[] = [];
    const parser = createParser({ onEvent: ({ data }) => void events.push(JSON.parse(data) as JobDescription) });
    parser.feed(await response.text());
    return events;
  }
}
