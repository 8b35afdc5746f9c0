import { Pipeline, Route } from 'nestjs-mosec';
import { Echo } from '../stages/echo.stage.js';

@Route('/one')
@Pipeline([Echo])
export class OnePipeline {}
