import { Injectable, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { IsString } from 'class-validator';
import {
  ClientError,
  InjectPipeline,
  MosecModule,
  Pipeline,
  PipelineClient,
  PipelineOf,
  Route,
  Stage,
  stageRuntime,
  WorkerContext,
  type BatchStage,
  type ItemStage,
} from '../index.js';

export class Sentence {
  @IsString()
  text!: string;
}

/** What a model registry would be: in a module that only the stage imports. */
@Injectable()
export class Vocabulary {
  ids(words: string[]): number[] {
    return words.map((word) => word.length);
  }
}

@Module({ providers: [Vocabulary], exports: [Vocabulary] })
export class VocabularyModule {}

@Stage({ input: Sentence, imports: [VocabularyModule] })
export class Tokenize implements ItemStage<Sentence, number[]> {
  constructor(private readonly vocabulary: Vocabulary) {}

  forward(sentence: Sentence): number[] {
    if (!(sentence instanceof Sentence)) throw new Error('the input is no instance of its DTO');
    return this.vocabulary.ids(sentence.text.split(' '));
  }
}

export interface Score {
  sum: number;
  batch: number;
  worker: string;
}

/** Remembers what happened to it, across instances. */
export const history = { initialised: 0, warmedUp: 0, destroyed: 0, aborted: false };

@Injectable()
export class Weights implements OnModuleInit, OnModuleDestroy {
  readonly factor: number = 1;

  constructor(private readonly context: WorkerContext) {}

  onModuleInit(): void {
    history.initialised++;
  }

  onModuleDestroy(): void {
    history.destroyed++;
    history.aborted = this.context.signal.aborted;
  }
}

@Stage({ maxBatchSize: 8, maxWaitMs: 0, providers: [Weights] })
export class Sum implements BatchStage<number[], Score> {
  readonly example = [0];

  constructor(
    private readonly weights: Weights,
    private readonly context: WorkerContext,
  ) {}

  forwardBatch(items: number[][]): (Score | Error)[] {
    if (items[0]?.[0] === 0) history.warmedUp++;
    const worker = `${this.context.stage}#${this.context.workerId}`;
    return items.map((ids) => {
      if (ids.includes(13)) return new ClientError('thirteen letters');
      return { sum: this.weights.factor * ids.reduce((a, b) => a + b), batch: items.length, worker };
    });
  }
}

@Route('/v1/sum')
export class SumPipeline extends PipelineOf(Tokenize, Sum) {}

/** Waits until its batch is full. */
const patientSum = stageRuntime(Sum, { maxWaitMs: 10_000, waitPolicy: 'fixed' });

@Route('/v1/patient-sum')
@Pipeline([Tokenize, patientSum])
export class PatientSumPipeline {}

@Injectable()
export class Caller {
  constructor(@InjectPipeline(SumPipeline) readonly client: PipelineClient<SumPipeline>) {}
}

@Module({
  imports: [MosecModule.forRoot({ logLevel: 'error' }), MosecModule.forFeature([SumPipeline, PatientSumPipeline])],
  providers: [Caller],
})
export class SumAppModule {}
