import { describe, expect, it } from 'vitest';
import { classNames } from './class-names.js';

describe('when a name is given', () => {
  it.each([
    ['rate', 'Rate', 'rate'],
    ['UpperCase', 'UpperCase', 'upper-case'],
    ['upperCase', 'UpperCase', 'upper-case'],
    ['upper-case', 'UpperCase', 'upper-case'],
    ['upper_case', 'UpperCase', 'upper-case'],
    ['upper case', 'UpperCase', 'upper-case'],
    ['HTTPClient', 'HttpClient', 'http-client'],
    ['Top5', 'Top5', 'top5'],
    ['RateStage', 'Rate', 'rate'],
    ['rate-stage', 'Rate', 'rate'],
    ['class', 'Class', 'class'],
  ])('should make of "%s" the class %s in files %s', (name, pascal, kebab) => {
    expect(classNames(name, 'stage')).toEqual({ pascal, kebab });
  });

  it('should leave the suffix of another kind', () => {
    expect(classNames('RateStage', 'pipeline').pascal).toBe('RateStage');
    expect(classNames('RatePipeline', 'pipeline').pascal).toBe('Rate');
  });
});

describe('when a name is unfit', () => {
  it.each(['', ' ', '5top', '-', 'naïve', 'a/b', '../up', 'rate.stage', "x';y"])('should refuse "%s"', (name) => {
    expect(() => classNames(name, 'stage')).toThrow(
      `"${name}" cannot be the name of a stage: use letters and digits, beginning with a letter, as upper-case.`,
    );
  });

  it.each(['stage', 'error', 'Promise', 'route', 'is-string'])('should refuse "%s", a name in use', (name) => {
    expect(() => classNames(name, 'pipeline')).toThrow(/" means something else already\.$/);
  });
});
