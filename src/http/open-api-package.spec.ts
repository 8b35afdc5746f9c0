import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applicationPackage } from './open-api-package.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'package-'));
  mkdirSync(join(root, 'dist', 'src'), { recursive: true });
  write('package.json', { name: 'shop', version: '1.2.3', description: 'Sells', type: 'module' });
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: object): void {
  writeFileSync(join(root, path), JSON.stringify(content));
}

describe('when the package of an application is looked for', () => {
  it('should take the nearest one above the entry file', () => {
    const found = { name: 'shop', version: '1.2.3', description: 'Sells' };
    expect(applicationPackage(join(root, 'dist/src/main.js'))).toEqual(found);
  });

  it('should pass over those that only set the module type', () => {
    write('dist/package.json', { type: 'commonjs' });
    expect(applicationPackage(join(root, 'dist/src/main.js'))?.name).toBe('shop');
  });

  it('should pass over what is no JSON', () => {
    writeFileSync(join(root, 'dist/package.json'), '{');
    expect(applicationPackage(join(root, 'dist/src/main.js'))?.name).toBe('shop');
  });

  it('should look behind links', () => {
    write('dist/src/main.js', {});
    const bin = mkdtempSync(join(tmpdir(), 'bin-'));
    symlinkSync(join(root, 'dist/src/main.js'), join(bin, 'shop'));
    expect(applicationPackage(join(bin, 'shop'))?.name).toBe('shop');
    rmSync(bin, { recursive: true });
  });

  it('should find none for a program without a file', () => {
    expect(applicationPackage(undefined)).toBeUndefined();
  });

  it('should find none in a folder without packages', () => {
    expect(applicationPackage('/no-such-folder/main.js')).toBeUndefined();
  });
});
