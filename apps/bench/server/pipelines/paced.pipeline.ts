import { Pipeline, Route } from 'nestjs-mosec';
import { Events } from '../stages/events.stage.js';

/** For many clients at a pace: apart, as mosec needs a stage of another kind for them. */
@Route('/paced')
@Pipeline([Events])
export class PacedPipeline {}
