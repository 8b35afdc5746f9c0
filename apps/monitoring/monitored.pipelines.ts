import { Pipeline, Route } from 'nestjs-mosec';
import { Count } from './stages/count.stage.js';
import { Predict } from './stages/predict.stage.js';
import { Prepare } from './stages/prepare.stage.js';

@Route('/predict')
@Pipeline([Prepare, Predict])
export class PredictPipeline {}

@Route('/count')
@Pipeline([Count])
export class CountPipeline {}
