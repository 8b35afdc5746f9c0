import { describe, expect, it } from 'vitest';
import { PipelineOf } from './pipeline-of.js';
import { getPipelineStages } from './pipeline-stages.js';
import { Pipeline } from './pipeline.decorator.js';
import { Stage } from './stage.decorator.js';

@Stage()
class Length {
  forward(text: string): number {
    return text.length;
  }
}

@Stage()
class Double {
  forward(value: number): number {
    return value * 2;
  }
}

@Pipeline([Length, Double])
class Decorated {}

class Extended extends PipelineOf(Length, Double) {}

class OtherExtended extends PipelineOf(Double) {}

describe('when the stages of a class are asked for', () => {
  it('should give those of @Pipeline', () => {
    expect(getPipelineStages(Decorated)).toEqual([Length, Double]);
  });

  it('should give those of PipelineOf, apart for each class', () => {
    expect(getPipelineStages(Extended)).toEqual([Length, Double]);
    expect(getPipelineStages(OtherExtended)).toEqual([Double]);
  });

  it('should give none for a class that is no pipeline, also if its base class is decorated', () => {
    expect(getPipelineStages(Length)).toBeUndefined();
    expect(getPipelineStages(class extends Decorated {})).toBeUndefined();
  });
});
