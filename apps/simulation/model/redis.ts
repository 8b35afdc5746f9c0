import type { Parameters } from '../parameters.js';
import type { Agenda } from './agenda.js';
import { Server } from './server.js';

export const US = 1 / 1_000;
const BITS_PER_KIB = 8_192;
const BITS_PER_GIGABIT = 1e9;
const MS_PER_S = 1_000;

/** Commands that one connection sends together. */
export interface Call {
  readonly cpuUs: number;
  /** Of values, there and back. */
  readonly kibIn?: number;
  readonly kibOut?: number;
}

/** A Redis server: one thread, and a network card. */
export class Redis {
  readonly cpu: Server;
  readonly incoming: Server;
  readonly outgoing: Server;
  private readonly kibMs: number;

  constructor(
    readonly agenda: Agenda,
    readonly costs: Parameters['redis'],
    { gigabitsPerSecond }: Parameters,
    private readonly oneWayMs: number,
  ) {
    this.cpu = new Server(agenda);
    this.incoming = new Server(agenda);
    this.outgoing = new Server(agenda);
    this.kibMs = (BITS_PER_KIB / (gigabitsPerSecond * BITS_PER_GIGABIT)) * MS_PER_S;
  }

  /**
   * @param effect happens when the commands are executed
   * @param reply gets what it returned, when that has arrived
   */
  call<T>({ cpuUs, kibIn = 0, kibOut = 0 }: Call, effect: () => T, reply: (result: T) => void): void {
    const { costs, agenda, oneWayMs } = this;
    const costMs = (costs.callUs + cpuUs + costs.kibUs * (kibIn + kibOut)) * US;
    const execute = (): void => {
      this.cpu.serve(costMs, () => {
        const result = effect();
        this.pass(this.outgoing, kibOut, () => agenda.after(oneWayMs, () => reply(result)));
      });
    };
    agenda.after(oneWayMs, () => this.pass(this.incoming, kibIn, execute));
  }

  /** What Redis does by itself, or for nobody in particular. */
  toil(cpuUs: number): void {
    this.cpu.serve(cpuUs * US, () => undefined);
  }

  /** To those that have waited for it. */
  push(run: () => void): void {
    this.agenda.after(this.oneWayMs, run);
  }

  private pass(link: Server, kib: number, done: () => void): void {
    if (kib > 0) link.serve(kib * this.kibMs, done);
    else done();
  }
}
