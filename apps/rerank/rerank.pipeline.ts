import { Pipeline, Route } from 'nestjs-mosec';
import { Score } from './stages/score.stage.js';
import { Tokenize } from './stages/tokenize.stage.js';

@Route('/rerank')
@Pipeline([Tokenize, Score])
export class RerankPipeline {}
