import { Pipeline, Route } from 'nestjs-mosec';
import { Count } from './stages/count.stage.js';
import { Rank } from './stages/rank.stage.js';

@Route('/v1/summaries')
@Pipeline([Count, Rank])
export class SummaryPipeline {}
