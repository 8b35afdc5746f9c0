import { type Clock } from '../load/clock.js';
import { TIMEOUT, type Outcome } from './outcome.js';
import { type Reply, type Transport } from './transport.interface.js';

interface Request {
  readonly turn: number;
  readonly dueAt: number;
  sentAt: number | undefined;
  settled: boolean;
  takeBack: (() => void) | undefined;
}

export interface DispatcherOptions {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly connections: number;
  readonly timeoutMs: number;
  readonly settled: (outcome: Outcome) => void;
}

/** One request per connection; what finds none free waits in order. Every request is settled exactly once. */
export class Dispatcher {
  private readonly waiting: Request[] = [];
  /** First of `waiting` that is left: taking from the front of an array would move the rest. */
  private front = 0;
  /** In order of their deadlines, as all have the same time; those settled in between are passed over. */
  private readonly timed: Request[] = [];
  private firstTimed = 0;
  private busy = 0;
  private turns = 0;
  private takeBackTimer: (() => void) | undefined;
  /** Requests without an outcome. */
  open = 0;

  constructor(private readonly options: DispatcherOptions) {}

  submit(dueAt: number): void {
    const request = { turn: this.turns++, dueAt, sentAt: undefined, settled: false, takeBack: undefined };
    this.open++;
    this.timed.push(request);
    this.waiting.push(request);
    this.sendNext();
    this.watch();
  }

  /** Gives up what is left, without outcomes. @returns how many requests that were */
  abandon(): number {
    this.takeBackTimer?.();
    const left = this.timed.slice(this.firstTimed).filter(({ settled }) => !settled);
    for (const request of left) request.settled = true;
    for (const { takeBack } of left) takeBack?.();
    this.open = 0;
    return left.length;
  }

  private sendNext(): void {
    while (this.busy < this.options.connections && this.front < this.waiting.length) {
      const request = this.waiting[this.front++];
      if (request && !request.settled) this.send(request);
    }
    compact(this.waiting, this.front, () => (this.front = 0));
  }

  private send(request: Request): void {
    const { clock, transport } = this.options;
    this.busy++;
    request.sentAt = clock.now();
    request.takeBack = transport.send(request.turn, (reply) => {
      this.busy--;
      this.settle(request, reply);
      this.sendNext();
    });
  }

  private settle(request: Request, { status, code, bytesReceived }: Reply): void {
    if (request.settled) return;
    request.settled = true;
    this.open--;
    this.passSettled();
    const { clock, transport, settled } = this.options;
    const { dueAt, sentAt, turn } = request;
    const bytesSent = sentAt === undefined ? 0 : transport.bytesOf(turn);
    settled({ dueAt, sentAt, endAt: clock.now(), status, code, bytesSent, bytesReceived });
  }

  /** One timer, for the oldest request. */
  private watch(): void {
    if (this.takeBackTimer) return;
    const oldest = this.timed[this.firstTimed];
    if (!oldest) return;
    const { clock, timeoutMs } = this.options;
    this.takeBackTimer = clock.later(() => this.expire(), oldest.dueAt + timeoutMs - clock.now());
  }

  private expire(): void {
    this.takeBackTimer = undefined;
    const { clock, timeoutMs } = this.options;
    const now = clock.now();
    const rest = this.timed.slice(this.firstTimed);
    const end = rest.findIndex(({ dueAt }) => dueAt + timeoutMs > now);
    // Settling one may submit another.
    for (const request of rest.slice(0, end < 0 ? rest.length : end)) {
      this.settle(request, { status: 0, code: TIMEOUT, bytesReceived: 0 });
      request.takeBack?.();
    }
    this.watch();
  }

  private passSettled(): void {
    while (this.timed[this.firstTimed]?.settled) this.firstTimed++;
    compact(this.timed, this.firstTimed, () => (this.firstTimed = 0));
  }
}

/** So many passed elements are worth moving the rest. */
const COMPACT_FROM = 1024;

function compact(list: unknown[], passed: number, reset: () => void): void {
  if (passed < COMPACT_FROM || passed * 2 < list.length) return;
  list.splice(0, passed);
  reset();
}
