import { Pipeline, Route } from 'nestjs-mosec';
import { FirstEcho } from '../stages/first-echo.stage.js';
import { LastEcho } from '../stages/last-echo.stage.js';
import { MiddleEcho } from '../stages/middle-echo.stage.js';

@Route('/three')
@Pipeline([FirstEcho, MiddleEcho, LastEcho])
export class ThreePipeline {}
