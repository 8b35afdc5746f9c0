import { Pipeline, Route } from 'nestjs-mosec';
import { BatchEcho } from '../stages/batch-echo.stage.js';

@Route('/batch32')
@Pipeline([BatchEcho])
export class Batch32Pipeline {}
