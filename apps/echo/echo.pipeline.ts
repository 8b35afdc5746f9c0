import { Pipeline, Route } from 'nestjs-mosec';
import { Measure } from './stages/measure.stage.js';
import { Trim } from './stages/trim.stage.js';
import { UpperCase } from './stages/upper-case.stage.js';

@Route('/echo')
@Pipeline([Trim, UpperCase, Measure])
export class EchoPipeline {}
