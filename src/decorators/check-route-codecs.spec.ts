import { describe, expect, it } from 'vitest';
import { json, msgpack } from '#libs/codec';
import type { Codec } from '#libs/contracts';
import { checkRouteCodecs } from './check-route-codecs.js';
import { Pipeline } from './pipeline.decorator.js';
import { Stage } from './stage.decorator.js';

const csv: Codec = { ...json, name: 'csv', mediaType: 'text/csv' };

@Stage({ codec: [json, csv] })
class Reader {
  forward(value: unknown): unknown {
    return value;
  }
}

@Stage()
class Writer {
  forward(value: unknown): unknown {
    return value;
  }
}

@Pipeline([Reader, Writer])
class Both {}

@Pipeline([Reader])
class Alone {}

describe('when the codecs of a route are checked', () => {
  it('should take those of the package, and those that its stages know', () => {
    expect(() => checkRouteCodecs(Both, { codec: [json, msgpack] })).not.toThrow();
    expect(() => checkRouteCodecs(Alone, { codec: csv })).not.toThrow();
    expect(() => checkRouteCodecs(Both, { codec: [json, { ...csv, readOnly: true }] })).toThrow('"Reader"');
    expect(() => checkRouteCodecs(Both, {})).not.toThrow();
  });

  it('should refuse one that a worker could not find', () => {
    expect(() => checkRouteCodecs(Both, { codec: csv })).toThrow(
      'The route of pipeline "Both" has codec "csv", which workers of stage "Writer" do not know: ' +
        'add it to @Stage({ codec: [...] }) of "Writer" too.',
    );
  });

  it('should refuse what is no codec', () => {
    expect(() => checkRouteCodecs(Both, { codec: [] })).toThrow('an empty list of codecs');
    expect(() => checkRouteCodecs(Both, { codec: { name: 'x' } as never })).toThrow();
  });
});
