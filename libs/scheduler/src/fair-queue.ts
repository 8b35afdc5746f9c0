import { FlowQueue } from './flow-queue.js';
import type { Flow } from './flow.js';
import type { QueueEntry } from './item-queue-entry.js';

/**
 * After so many items the counts of what has left are halved: long enough to tell the shares of a few routes, short
 * enough to have forgotten the load of before by the time a queue of the default capacity has passed.
 */
const MEMORY_ITEMS = 512;

/**
 * The items of several flows, which take turns: one item of each in a round, in order of arrival within a flow. Every
 * item costs the same, one place in a batch, so that plain rounds are fair. With one flow it is a plain queue. Flows
 * are never forgotten: there are as many as routes.
 */
export class FairQueue<T extends QueueEntry> {
  readonly #flows = new Map<Flow, FlowQueue<T>>();
  /** The flow that was asked for last: nearly always the next one too. */
  #latest: FlowQueue<T> | undefined;
  /** The flow whose item leaves next, in the ring of those that wait. */
  #turn: FlowQueue<T> | undefined;
  #size = 0;
  #taken = 0;

  get size(): number {
    return this.#size;
  }

  /** The item that arrived first of all. */
  get oldest(): T | undefined {
    const first = this.#turn;
    let oldest = first?.head;
    for (let flow = first?.nextFlow; flow !== first && flow !== undefined; flow = flow.nextFlow) {
      const { head } = flow;
      if (head && (!oldest || head.arrivedAt < oldest.arrivedAt)) oldest = head;
    }
    return oldest;
  }

  /** The queues of the flows that wait: a copy, so that items may be removed while one goes through it. */
  get waitingFlows(): FlowQueue<T>[] {
    return [...this.#flows.values()].filter(({ size }) => size > 0);
  }

  push(item: T): void {
    const flow = this.#of(item.flow);
    flow.push(item);
    if (flow.size === 1) this.#join(flow);
    this.#size += 1;
  }

  /** Puts items before all others of their flows, in the given order. */
  pushFront(items: readonly T[]): void {
    for (const item of items.toReversed()) {
      const flow = this.#of(item.flow);
      flow.pushFront([item]);
      this.#size += 1;
      if (flow.size > 1) continue;
      this.#join(flow);
      this.#turn = flow;
    }
  }

  shift(): T | undefined {
    const flow = this.#turn;
    if (flow === undefined) return undefined;
    const item = flow.shift();
    this.#size -= 1;
    this.#turn = flow.nextFlow;
    if (flow.size === 0) this.#part(flow);
    this.#count(flow);
    return item;
  }

  /** False when the item is not in this queue (any more). */
  remove(item: T): boolean {
    const flow = this.#of(item.flow);
    if (!flow.remove(item)) return false;
    this.#size -= 1;
    if (flow.size === 0) this.#part(flow);
    return true;
  }

  /** Items that wait, counting of each other flow at most as many as of this one. */
  share(flow: Flow): number {
    const { size: own } = this.#of(flow);
    if (own === this.#size) return own;
    return this.#sumOfOthers(flow, ({ size }) => Math.min(size, own)) + own;
  }

  /**
   * Items that are likely to leave before a new one of this flow: at most one in a round of each other flow, of what
   * waits there or is likely to arrive meanwhile, judged by how many left lately for each of this flow.
   */
  ahead(flow: Flow): number {
    const { size: own, taken } = this.#of(flow);
    if (this.#flows.size === 1) return own;
    const coming = own / (taken + 1);
    return this.#sumOfOthers(flow, (other) => Math.min(Math.max(other.size, coming * other.taken), own + 1)) + own;
  }

  #sumOfOthers(flow: Flow, count: (other: FlowQueue<T>) => number): number {
    let sum = 0;
    for (const other of this.#flows.values()) if (other.flow !== flow) sum += count(other);
    return sum;
  }

  #of(flow: Flow): FlowQueue<T> {
    if (this.#latest?.flow === flow) return this.#latest;
    let queue = this.#flows.get(flow);
    if (!queue) this.#flows.set(flow, (queue = new FlowQueue<T>(flow)));
    return (this.#latest = queue);
  }

  /** Its turn comes after everybody else's. */
  #join(flow: FlowQueue<T>): void {
    const turn = this.#turn;
    if (!turn) {
      this.#turn = flow;
      return;
    }
    flow.nextFlow = turn;
    flow.previousFlow = turn.previousFlow;
    turn.previousFlow.nextFlow = flow;
    turn.previousFlow = flow;
  }

  #part(flow: FlowQueue<T>): void {
    const { previousFlow, nextFlow } = flow;
    if (this.#turn === flow) this.#turn = nextFlow === flow ? undefined : nextFlow;
    previousFlow.nextFlow = nextFlow;
    nextFlow.previousFlow = previousFlow;
    flow.previousFlow = flow.nextFlow = flow;
  }

  #count(flow: FlowQueue<T>): void {
    flow.taken += 1;
    if (++this.#taken < MEMORY_ITEMS) return;
    this.#taken = 0;
    for (const each of this.#flows.values()) each.taken /= 2;
  }
}
