type Key = string | number;
type Holder = Record<Key, unknown>;

/**
 * A value without its buffers and typed arrays, which class-transformer would take apart element by element, and the
 * places to put them back. Lists and objects are copied only on the way to one.
 */
export class DetachedViews {
  readonly value: unknown;
  private readonly views: { readonly path: readonly Key[]; readonly view: ArrayBufferView }[] = [];

  constructor(value: unknown) {
    this.value = this.detach(value, []);
  }

  /** Puts the views into what became of the value; a place that is gone is left out. */
  attach(result: unknown): void {
    for (const { path, view } of this.views) {
      const holder = path.slice(0, -1).reduce<unknown>((at, key) => (isHolder(at) ? at[key] : undefined), result);
      if (isHolder(holder)) holder[path.at(-1) as Key] = view;
    }
  }

  private detach(value: unknown, path: readonly Key[]): unknown {
    if (!isHolder(value)) return value;
    if (ArrayBuffer.isView(value)) {
      this.views.push({ path, view: value });
      return undefined;
    }
    if (Array.isArray(value)) return this.detachList(value as unknown[], path);
    let copy: Holder | undefined;
    for (const key of isPlain(value) ? Object.keys(value) : []) {
      if (!isHolder(value[key])) continue;
      const rest = this.detach(value[key], [...path, key]);
      if (rest !== value[key]) (copy ??= { ...value })[key] = rest;
    }
    return copy ?? value;
  }

  private detachList(list: readonly unknown[], path: readonly Key[]): unknown {
    let copy: unknown[] | undefined;
    for (let i = 0; i < list.length; i++) {
      if (!isHolder(list[i])) continue;
      const rest = this.detach(list[i], [...path, i]);
      if (rest !== list[i]) (copy ??= [...list])[i] = rest;
    }
    return copy ?? list;
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

function isPlain(value: object): boolean {
  return !(value instanceof Map || value instanceof Set || value instanceof Date || value instanceof RegExp);
}
