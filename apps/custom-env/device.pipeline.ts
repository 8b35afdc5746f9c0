import { Pipeline, Route } from 'nestjs-mosec';
import { CheckLeak } from './stages/check-leak.stage.js';
import { Infer } from './stages/infer.stage.js';

@Route('/inference')
@Pipeline([Infer, CheckLeak])
export class DevicePipeline {}
