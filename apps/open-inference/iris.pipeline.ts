import { Pipeline } from 'nestjs-mosec';
import { CheckMeasures } from './stages/check-measures.stage.js';
import { NearestMean } from './stages/nearest-mean.stage.js';

/** Needs no route of its own: the protocol has its paths. */
@Pipeline([CheckMeasures, NearestMean])
export class IrisPipeline {}
