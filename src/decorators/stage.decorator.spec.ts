import { applyDecorators } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { toFileUrl } from './file-url.js';
import { getStageDefinition } from './stage-definition.js';
import { findRegisteredStage, registeredStageNames } from './stage-registry.js';
import { Stage } from './stage.decorator.js';

const here = toFileUrl(import.meta.url);

@Stage({ replicas: 2, input: String })
class Direct {
  forward(text: string): string {
    return text;
  }
}

class Derived extends Direct {}

const Small = (): ClassDecorator => applyDecorators(Stage({ replicas: 1 }) as ClassDecorator);

@Small()
class Helped {
  forward(): number {
    return 1;
  }
}

@Stage({ file: 'file:///elsewhere/stages.js' })
class Elsewhere {
  forward(): number {
    return 1;
  }
}

@Stage({ file: 'relative.js' })
class Relative {
  forward(): number {
    return 1;
  }
}

describe('when a class has @Stage', () => {
  it('should record class, name, options and the file it is applied in', () => {
    expect(getStageDefinition(Direct)).toEqual({
      stageClass: Direct,
      name: 'Direct',
      options: { replicas: 2, input: String },
      file: here,
    });
  });

  it('should not make a stage of its subclasses', () => {
    expect(getStageDefinition(Derived)).toBeUndefined();
  });

  it('should see through applyDecorators', () => {
    expect(getStageDefinition(Helped)?.file).toBe(here);
  });

  it('should prefer the file that the options name', () => {
    expect(getStageDefinition(Elsewhere)?.file).toBe('file:///elsewhere/stages.js');
  });

  it('should not take a relative path for a file', () => {
    expect(getStageDefinition(Relative)?.file).toBeUndefined();
  });
});

describe('when a worker looks for a stage', () => {
  it('should find the class by URL or path of its file and its name', () => {
    expect(findRegisteredStage('/elsewhere/stages.js', 'Elsewhere')).toBe(Elsewhere);
    expect(findRegisteredStage('file:///elsewhere/stages.js', 'Elsewhere')).toBe(Elsewhere);
    expect(findRegisteredStage(import.meta.url, 'Direct')).toBe(Direct);
  });

  it('should find nothing under another name or file', () => {
    expect(findRegisteredStage('/elsewhere/stages.js', 'Direct')).toBeUndefined();
    expect(findRegisteredStage('/elsewhere/other.js', 'Elsewhere')).toBeUndefined();
  });

  it('should name what the file declares', () => {
    expect(registeredStageNames('/elsewhere/stages.js')).toEqual(['Elsewhere']);
    expect(registeredStageNames('/elsewhere/other.js')).toEqual([]);
  });
});
