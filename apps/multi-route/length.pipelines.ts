import { json, msgpack, Pipeline, Route } from 'nestjs-mosec';
import { Measure } from './stages/measure.stage.js';
import { Unwrap } from './stages/unwrap.stage.js';

/** Text as JSON, straight to the shared stage. */
@Route(['/inference', '/models/:name/inference'], { codec: json })
@Pipeline([Measure])
export class PlainPipeline {}

/** The same stage behind another, in msgpack. */
@Route('/v1/inference', { codec: msgpack })
@Pipeline([Unwrap, Measure])
export class TypedPipeline {}
