import { Inject, Injectable, Logger, Module, Scope, type OnModuleDestroy } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { IsString } from 'class-validator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { json, text } from '#libs/codec';
import { ValidationError } from '#libs/contracts';
import { Stage } from '../decorators/stage.decorator.js';
import type { StageClass } from '../decorators/stage-class.js';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { loadStage, type CreateContext } from './load-stage.js';
import { WorkerContext } from './worker-context.js';
import { WorkerLogger } from './worker-logger.js';

const PLACE = { stage: 'Echo_2', workerId: 3, maxBatchSize: 8, placement: 'process' } as const;
const logger = new Logger();
const createContext: CreateContext = async (module) =>
  (
    await Test.createTestingModule({ imports: [module] })
      .setLogger(new WorkerLogger({ level: 'error', log: () => undefined }))
      .compile()
  ).init();
const load = (stageClass: StageClass) => loadStage(stageClass, PLACE, logger, createContext);

class Sentence {
  @IsString()
  text!: string;
}

@Stage()
class Echo implements OnModuleDestroy {
  stoppedFirst?: boolean;
  constructor(readonly context: WorkerContext) {}
  forward(value: string): string {
    return value;
  }
  onModuleDestroy(): void {
    this.stoppedFirst = this.context.signal.aborted;
  }
}

describe('when a stage is loaded', () => {
  it('should know its place', async () => {
    const { host, close } = await load(Echo);
    const { context } = host.instance as Echo;
    expect(host.name).toBe('Echo_2');
    const { placement: _, ...place } = PLACE;
    expect(context).toMatchObject({ ...place, logger });
    expect(context.signal.aborted).toBe(false);
    await close();
  });

  it('should see its signal abort before it is destroyed', async () => {
    const { host, close } = await load(Echo);
    await close();
    expect((host.instance as Echo).stoppedFirst).toBe(true);
  });

  it('should leave codecs and validation alone where it names none', async () => {
    const { host, close } = await load(Echo);
    expect([host.codecs, host.acceptInput]).toEqual([undefined, undefined]);
    await close();
  });

  it('should have its codecs as a list, and validate its input', async () => {
    @Stage({ codec: text, input: Sentence })
    class One {
      forward({ text }: Sentence): string {
        return text;
      }
    }
    @Stage({ codec: [json, text] })
    class Two extends Echo {}
    const [one, two] = await Promise.all([load(One), load(Two)]);
    expect([one.host.codecs, two.host.codecs]).toEqual([[text], [json, text]]);
    await expect(one.host.acceptInput?.({ text: 1 })).rejects.toThrow(ValidationError);
    expect(await one.host.acceptInput?.({ text: 'a' })).toBeInstanceOf(Sentence);
    await Promise.all([one.close(), two.close()]);
  });
});

describe('when a stage names codecs that need something', () => {
  it('should load what they need before the stage is constructed', async () => {
    const steps: string[] = [];
    const needing = (name: string) => ({ ...text, name, load: async () => void steps.push(name) });
    @Stage({ codec: [json, needing('edge')], ipc: needing('hop') })
    class Needy extends Echo {
      constructor(context: WorkerContext) {
        super(context);
        steps.push('constructed');
      }
    }
    const hopCodecs = [needing('before')];
    const { host, close } = await loadStage(Needy, { ...PLACE, hopCodecs }, logger, createContext);
    expect(steps).toEqual(['edge', 'hop', 'before', 'constructed']);
    expect([host.ipc?.name, host.hopCodecs]).toEqual(['hop', hopCodecs]);
    await close();
  });

  it('should fail with what they say is missing', async () => {
    const missing = new Error('codec "x" needs the package "y", which cannot be loaded: run npm install y.');
    @Stage({ codec: { ...text, load: () => Promise.reject(missing) } })
    class Missing extends Echo {}
    await expect(load(Missing)).rejects.toBe(missing);
  });
});

describe('when a stage describes its output', () => {
  @Stage({ output: Sentence })
  class Says {
    forward(sentence: Sentence): Sentence {
      return sentence;
    }
  }

  afterEach(() => vi.unstubAllEnvs());

  it('should check it in development', async () => {
    const { host, close } = await load(Says);
    await expect(host.checkOutput?.({ text: 1 })).rejects.toThrow(
      'stage "Echo_2" returned what its output does not allow: text must be a string',
    );
    await close();
  });

  it('should not check it in production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const { host, close } = await load(Says);
    expect(host.checkOutput).toBeUndefined();
    await close();
  });
});

describe('when a stage cannot be loaded', () => {
  @Injectable()
  class Database {}

  it('should explain that modules of the application are not visible, and what to add', async () => {
    @Stage()
    class Reader {
      constructor(readonly database: Database) {}
      forward(): void {}
    }
    const loading = load(Reader);
    await expect(loading).rejects.toBeInstanceOf(MosecConfigurationError);
    await expect(loading).rejects.toThrow(
      /^Stage "Reader" could not be constructed: .*Database[^]*add what it needs to @Stage\({ imports: \[\.\.\.\], providers: \[\.\.\.\] }\)\.$/,
    );
  });

  it('should fail with the very error of its constructor', async () => {
    const error = new Error('no such file: model.onnx');
    @Stage()
    class Broken {
      constructor() {
        throw error;
      }
      forward(): void {}
    }
    await expect(load(Broken)).rejects.toBe(error);
  });

  it('should refuse a request-scoped dependency, by name and with the cure', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Tenant {}
    @Stage({ providers: [Tenant] })
    class Scoped {
      constructor(@Inject(Tenant) readonly tenant: Tenant) {}
      forward(): void {}
    }
    await expect(load(Scoped)).rejects.toThrow(
      'Stage "Scoped" depends on something request-scoped or transient, and a stage lives as long as its worker: ' +
        'give that provider the default scope, and take what belongs to a request from the StageCall.',
    );
  });
});

describe('when a module is shared by several stages of one process', () => {
  it('should be built for each: stages share no instance', async () => {
    @Injectable()
    class Counter {}
    @Module({ providers: [Counter], exports: [Counter] })
    class CounterModule {}
    @Stage({ imports: [CounterModule] })
    class Counting {
      constructor(readonly counter: Counter) {}
      forward(): void {}
    }
    const [a, b] = await Promise.all([load(Counting), load(Counting)]);
    expect((a.host.instance as unknown as Counting).counter).not.toBe((b.host.instance as unknown as Counting).counter);
    await Promise.all([a.close(), b.close()]);
  });
});
