import { Pipeline, Route } from 'nestjs-mosec';
import { FarEcho } from '../stages/far-echo.stage.js';

@Route('/far-one')
@Pipeline([FarEcho])
export class FarOnePipeline {}
