import { createHash } from 'node:crypto';

/** Fingerprint of all lines up to one: a later run tells by it whether it reads the same lines. */
export class LineFingerprint {
  private hash = createHash('sha256');

  update(bytes: Buffer): void {
    this.hash.update(bytes);
  }

  endLine(): string {
    const digest = this.hash.digest('hex');
    this.hash = createHash('sha256').update(digest);
    return digest;
  }
}
