import type { UploadedFile } from './uploaded-file.js';

type Part = string | UploadedFile;

/** The parts of a form by name, in the order of the names' first appearance. */
export class FormParts {
  private readonly parts = new Map<string, Part | Part[]>();

  add(name: string, part: Part): void {
    const known = this.parts.get(name);
    if (known === undefined) this.parts.set(name, part);
    else if (Array.isArray(known)) known.push(part);
    else this.parts.set(name, [known, part]);
  }

  /** Own properties all, whatever their names: `__proto__` is one like any other. */
  toObject(): object {
    return Object.fromEntries(this.parts);
  }
}
