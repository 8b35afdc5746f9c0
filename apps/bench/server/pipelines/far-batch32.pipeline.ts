import { Pipeline, Route } from 'nestjs-mosec';
import { FarBatchEcho } from '../stages/far-batch-echo.stage.js';

@Route('/far-batch32')
@Pipeline([FarBatchEcho])
export class FarBatch32Pipeline {}
