import { Pipeline, Route } from 'nestjs-mosec';
import { Price } from './stages/price.stage.js';

@Route('/price')
@Pipeline([Price])
export class OrderPipeline {}
