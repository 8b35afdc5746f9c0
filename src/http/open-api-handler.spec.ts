import 'reflect-metadata';
import * as swagger from '@nestjs/swagger';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { describe, expect, it } from 'vitest';
import { COMPONENTS_EXTENSION } from './open-api-extension.js';
import { documentHandler } from './open-api-handler.js';
import { describeRoute, getRouteDescription, type RouteDescription } from './open-api-route.js';
import { HANDLER_METHOD, makeController } from './pipeline-controller.js';

class Sentiment {
  @ApiProperty()
  score!: number;
}

class Label {
  @ApiProperty()
  label!: string;
}

const json = { mediaType: 'application/json' };
const plain: RouteDescription = {
  requestCodecs: [json],
  answerCodecs: [{ codec: json }],
  output: Sentiment,
  errorFormat: 'json',
};

type Documented = Record<string, unknown> & { responses: Record<string, Record<string, unknown>> };

function documentClass(
  pipelineClass: new () => unknown,
  decorators: MethodDecorator[] = [],
  route: RouteDescription = plain,
): Documented {
  makeController(pipelineClass, { paths: ['/x'], options: { decorators } });
  return documented(pipelineClass, route);
}

function documented(pipelineClass: new () => unknown, route = plain): Documented {
  documentHandler(swagger, pipelineClass, route);
  const { DECORATORS } = swagger;
  const handler = (pipelineClass.prototype as Record<string, object>)[HANDLER_METHOD] as object;
  const operation = Reflect.getMetadata(DECORATORS.API_OPERATION, handler) as Record<string, unknown>;
  return {
    ...operation,
    responses: Reflect.getMetadata(DECORATORS.API_RESPONSE, handler) as Documented['responses'],
    models: Reflect.getMetadata(DECORATORS.API_EXTRA_MODELS, handler) as unknown,
    tags: Reflect.getMetadata(DECORATORS.API_TAGS, pipelineClass) as unknown,
  };
}

const content = { 'application/json': { schema: { $ref: '#/components/schemas/Sentiment' } } };

describe('when the handler of a pipeline is documented', () => {
  it('should name it after its class', () => {
    class ToxicityPipeline {}
    const expected = { operationId: 'toxicity', summary: 'Toxicity', tags: ['Toxicity'], models: [Sentiment] };
    expect(documentClass(ToxicityPipeline)).toMatchObject(expected);
  });

  it('should say the same when it is documented again', () => {
    class ToxicityPipeline {}
    const first = documentClass(ToxicityPipeline, [ApiOkResponse({ description: 'Ours' })]);
    expect(documented(ToxicityPipeline)).toEqual(first);
  });

  it("should follow another application's error format", () => {
    class ToxicityPipeline {}
    documentClass(ToxicityPipeline);
    const asText = documented(ToxicityPipeline, { ...plain, errorFormat: 'text' });
    expect(asText.responses['500']).toHaveProperty('content.text/plain');
    expect(asText[COMPONENTS_EXTENSION]).toEqual({});
  });
});

describe('when the user decorates a pipeline for Swagger', () => {
  it('should let ApiOperation win', () => {
    class ToxicityPipeline {}
    const decorators = [ApiOperation({ summary: 'How rude is it?', operationId: 'rate', deprecated: true })];
    const expected = { summary: 'How rude is it?', operationId: 'rate', deprecated: true };
    expect(documentClass(ToxicityPipeline, decorators)).toMatchObject(expected);
  });

  it('should keep the summary where ApiOperation gives none', () => {
    class ToxicityPipeline {}
    const decorators = [ApiOperation({ description: 'At length' })];
    const expected = { summary: 'Toxicity', description: 'At length' };
    expect(documentClass(ToxicityPipeline, decorators)).toMatchObject(expected);
  });

  it('should keep the body under a description on the class', () => {
    @ApiOkResponse({ description: 'The verdict' })
    class ToxicityPipeline {}
    expect(documentClass(ToxicityPipeline).responses['200']).toEqual({ description: 'The verdict', content });
  });

  it('should let a response with a body of its own win', () => {
    class ToxicityPipeline {}
    const { responses } = documentClass(ToxicityPipeline, [ApiOkResponse({ type: Label })]);
    expect(responses['200']).toMatchObject({ type: Label });
    expect(responses['200']).not.toHaveProperty('content');
  });

  it('should let a response on the method win over one on the class', () => {
    @ApiResponse({ status: 402, description: 'class' })
    class ToxicityPipeline {}
    const { responses } = documentClass(ToxicityPipeline, [ApiResponse({ status: 402, description: 'method' })]);
    expect(responses['402']).toEqual({ description: 'method' });
  });

  it('should leave tags alone', () => {
    @ApiTags('moderation')
    class ToxicityPipeline {}
    expect(documentClass(ToxicityPipeline)['tags']).toEqual(['moderation']);
  });
});

describe('when a route is described', () => {
  it('should be known by that class alone', () => {
    class Described {}
    class Child extends Described {}
    describeRoute(Described, plain);
    expect(getRouteDescription(Described)).toBe(plain);
    expect(getRouteDescription(Child)).toBeUndefined();
  });
});

describe('when a pipeline streams', () => {
  const stream: RouteDescription = {
    ...plain,
    output: undefined,
    stream: { event: Sentiment },
    eventTypes: ['text/event-stream', 'application/x-ndjson'],
  };

  it('should document its events, and where a client had got to', () => {
    class StreamPipeline {}
    const { responses, models } = documentClass(StreamPipeline, [], stream);
    expect(responses['200']).toMatchObject({
      description: 'The stream of events',
      content: {
        'text/event-stream': { schema: { properties: { data: { $ref: '#/components/schemas/Sentiment' } } } },
      },
    });
    expect(Object.keys(responses['200']!['content'] as object)).toEqual(['text/event-stream', 'application/x-ndjson']);
    expect(models).toEqual([Sentiment]);
    const handler = (StreamPipeline.prototype as Record<string, object>)[HANDLER_METHOD] as object;
    const parameters = Reflect.getMetadata(swagger.DECORATORS.API_PARAMETERS, handler) as { name: string }[];
    expect(parameters.map(({ name }) => name)).toEqual(['X-Request-Timeout', 'Last-Event-ID']);
  });

  it('should document its whole answers too where the stage declares them', () => {
    class BothPipeline {}
    const { responses } = documentClass(BothPipeline, [], { ...stream, output: Label });
    expect(responses['200']!['content']).toMatchObject({
      'text/event-stream': {},
      'application/json': { schema: { $ref: '#/components/schemas/Label' } },
    });
  });
});
