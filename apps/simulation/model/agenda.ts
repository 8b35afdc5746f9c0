interface Event {
  readonly time: number;
  readonly order: number;
  readonly run: () => void;
}

/** Virtual time in milliseconds, and what is to happen: by time, then in the order of being planned. A binary heap. */
export class Agenda {
  private readonly heap: Event[] = [];
  private planned = 0;
  private time = 0;

  get now(): number {
    return this.time;
  }

  /** @param time not before now; what is planned for the past happens now */
  at(time: number, run: () => void): void {
    const event = { time: Math.max(time, this.time), order: this.planned++, run };
    const { heap } = this;
    let place = heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] as Event;
      if (!isBefore(event, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = event;
  }

  after(delayMs: number, run: () => void): void {
    this.at(this.time + delayMs, run);
  }

  /** Lets happen what is planned, until nothing is or `isOver`. */
  run(isOver: () => boolean): void {
    while (!isOver()) {
      const event = this.take();
      if (!event) return;
      this.time = event.time;
      event.run();
    }
  }

  private take(): Event | undefined {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (last && heap.length > 0) this.sink(last);
    return first;
  }

  /** From the top to where it belongs. */
  private sink(event: Event): void {
    const { heap } = this;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      const [left, right] = [heap[below], heap[below + 1]];
      if (!left) break;
      if (right && isBefore(right, left)) below += 1;
      const child = heap[below] as Event;
      if (!isBefore(child, event)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = event;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.time < other.time || (one.time === other.time && one.order < other.order);
}
