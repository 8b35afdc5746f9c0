/** What can be in the set; the set alone writes the place. */
export interface OpenTask {
  /** -1 while it is in no set. */
  openPlace: number;
}

/**
 * The requests without an answer, in no particular order. Not a `Set`: one whose members come and go replaces its
 * table again and again, and V8 links each old table to the next, so that one table in the old generation keeps all
 * later ones, with every answered request in them, until the next full collection.
 */
export class OpenTasks<T extends OpenTask> {
  private readonly tasks: T[] = [];

  get size(): number {
    return this.tasks.length;
  }

  add(task: T): void {
    task.openPlace = this.tasks.length;
    this.tasks.push(task);
  }

  /** The last one takes the place of the one that leaves. */
  delete(task: T): void {
    const { openPlace } = task;
    if (openPlace < 0) return;
    const last = this.tasks.pop() as T;
    if (last !== task) {
      this.tasks[openPlace] = last;
      last.openPlace = openPlace;
    }
    task.openPlace = -1;
  }

  /** A copy, so that its members may leave while one goes through it. */
  all(): T[] {
    return [...this.tasks];
  }
}
