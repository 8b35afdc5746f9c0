import { describe, expect, it } from 'vitest';
import { pipeline } from './pipeline.js';
import { type SchematicTree } from './schematic.interface.js';
import { stage } from './stage.js';

class MemoryTree implements SchematicTree {
  readonly files = new Map<string, string>();

  exists(path: string): boolean {
    return this.files.has(path);
  }

  create(path: string, content: string): void {
    this.files.set(path, content);
  }
}

const messages: string[] = [];
const context = { logger: { info: (message: string) => void messages.push(message) } };
const grow = (tree: MemoryTree, rule: ReturnType<typeof stage>): string[] => {
  rule(tree, context);
  return [...tree.files.keys()].sort();
};

describe('when a stage is generated', () => {
  it('should have a folder of its own, and a test that finds it', () => {
    const tree = new MemoryTree();
    expect(grow(tree, stage({ name: 'UpperCase', path: 'text' }))).toEqual([
      'src/text/upper-case/upper-case.dto.ts',
      'src/text/upper-case/upper-case.stage.ts',
      'test/upper-case.stage.test.ts',
    ]);
    expect(tree.files.get('test/upper-case.stage.test.ts')).toContain(
      "from '../src/text/upper-case/upper-case.stage.js'",
    );
    expect(tree.files.get('src/text/upper-case/upper-case.stage.ts')).toContain('export class UpperCase implements');
  });

  it('should lie flat and without a test, if asked', () => {
    const options = { name: 'rate', sourceRoot: 'apps/shop/src', flat: true, spec: false };
    expect(grow(new MemoryTree(), stage(options))).toEqual([
      'apps/shop/src/rate.dto.ts',
      'apps/shop/src/rate.stage.ts',
    ]);
  });

  it('should write nothing over a file that exists', () => {
    const tree = new MemoryTree();
    tree.create('test/rate.stage.test.ts', '');
    expect(() => grow(tree, stage({ name: 'rate' }))).toThrow(
      '"test/rate.stage.test.ts" exists already: choose another name, or remove it.',
    );
    expect([...tree.files.keys()]).toEqual(['test/rate.stage.test.ts']);
  });
});

describe('when a pipeline is generated', () => {
  it('should stand beside the stage of its name', () => {
    const tree = new MemoryTree();
    grow(tree, stage({ name: 'rate' }));
    expect(grow(tree, pipeline({ name: 'rate' }))).toContain('src/rate/rate.pipeline.ts');
    expect(tree.files.get('src/rate/rate.pipeline.ts')).toContain('RatePipeline extends PipelineOf(Rate)');
    expect(messages).toEqual(['Add RatePipeline to MosecModule.forFeature([…]) of your module.']);
  });

  it('should refuse to stand alone', () => {
    expect(() => grow(new MemoryTree(), pipeline({ name: 'rate' }))).toThrow(
      '"src/rate/rate.stage.ts" does not exist: make it first, with nest g --collection nestjs-mosec stage rate.',
    );
  });
});
