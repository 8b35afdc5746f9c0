import { Stage, type ItemStage } from 'nestjs-mosec';

export interface Sum {
  elements: number;
  sum: number;
}

@Stage()
export class Consume implements ItemStage<Float64Array, Sum> {
  forward(values: Float64Array): Sum {
    return { elements: values.length, sum: values.reduce((sum, value) => sum + value, 0) };
  }
}
