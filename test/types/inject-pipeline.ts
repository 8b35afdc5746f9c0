import { InjectPipeline } from '../../src/decorators/inject-pipeline.decorator.js';
import { PipelineClient } from '../../src/decorators/pipeline-client.js';
import { Label, Request } from './stages.js';
import { Chat, Encoding, Sentiment, Untyped } from './pipeline-client.js';

export class Right {
  constructor(
    @InjectPipeline(Sentiment) readonly sentiment: PipelineClient<Sentiment>,
    @InjectPipeline(Sentiment) readonly inOut: PipelineClient<Request, Label>,
    @InjectPipeline(Untyped) readonly untyped: PipelineClient<Request, Label>,
    @InjectPipeline(Chat) protected readonly chat: PipelineClient<Chat>,
    @InjectPipeline(Encoding) private readonly encoding: PipelineClient<Encoding>,
  ) {
    void this.encoding.run({ text: 'fine' });
  }
}

export class Wrong {
  constructor(
    // @ts-expect-error annotated as the client of another pipeline
    @InjectPipeline(Sentiment) readonly sentiment: PipelineClient<Encoding>,
    // @ts-expect-error annotated with another output
    @InjectPipeline(Sentiment) readonly inOut: PipelineClient<Request, string>,
    // @ts-expect-error not a client
    @InjectPipeline(Sentiment) readonly other: string,
    // @ts-expect-error the pipeline itself is not its client
    @InjectPipeline(Sentiment) readonly pipeline: Sentiment,
  ) {}
}
