import { Pipeline, Route } from 'nestjs-mosec';
import { Infer } from './stages/infer.stage.js';
import { Label } from './stages/label.stage.js';
import { Tokenize } from './stages/tokenize.stage.js';

@Route('/sentiment')
@Pipeline([Tokenize, Infer, Label])
export class SentimentPipeline {}
