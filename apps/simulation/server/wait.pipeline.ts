import { Pipeline, Route } from 'nestjs-mosec';
import { Wait } from './wait.stage.js';

@Route('/wait')
@Pipeline([Wait])
export class WaitPipeline {}
