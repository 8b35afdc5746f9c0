import { Pipeline, Route } from 'nestjs-mosec';
import { LookUp } from './stages/look-up.stage.js';

@Route('/translate')
@Pipeline([LookUp])
export class WordPipeline {}
