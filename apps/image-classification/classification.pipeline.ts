import { Pipeline, Route } from 'nestjs-mosec';
import { Classify } from './stages/classify.stage.js';
import { Label } from './stages/label.stage.js';
import { Preprocess } from './stages/preprocess.stage.js';

@Route('/classify')
@Pipeline([Preprocess, Classify, Label])
export class ClassificationPipeline {}
