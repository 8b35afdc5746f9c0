import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isEntryFile } from './entry-file.js';

let folder: string;

describe('when a file is compared with the main file', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosec-entry-'));
    mkdirSync(join(folder, 'app'));
    for (const file of ['main.js', 'other.js', 'app/index.js']) writeFileSync(join(folder, file), '');
    symlinkSync(join(folder, 'main.js'), join(folder, 'link.js'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['main.js', 'main.js', true],
    ['main.js', 'main', true],
    ['main.js', 'link.js', true],
    ['link.js', 'main.js', true],
    ['app/index.js', 'app', true],
    ['other.js', 'main.js', false],
    ['absent.js', 'absent.js', false],
  ])('should tell whether %s is what "node %s" runs', (file, entry, same) => {
    expect(isEntryFile(pathToFileURL(join(folder, file)).href, join(folder, entry))).toBe(same);
  });
});
