import 'reflect-metadata';
import { IsNumber } from 'class-validator';
import { describe, expect, it } from 'vitest';
import type { StandardSchema } from '../interfaces/standard-schema.interface.js';
import { checkOutput } from './check-output.js';

class Sentiment {
  @IsNumber()
  score!: number;
}

const schema = (issue: string): StandardSchema => ({
  '~standard': { version: 1, vendor: 'spec', validate: () => ({ issues: [{ message: issue, path: ['score'] }] }) },
});

const failureOf = (run: () => unknown): Promise<unknown> =>
  new Promise((resolve) => resolve(run())).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('when a result is checked against the output', () => {
  it('should say nothing of a good one', async () => {
    expect(await failureOf(() => checkOutput('Rate', Sentiment)({ score: 1 }))).toBeUndefined();
    expect(await failureOf(() => checkOutput('Rate', Number)(1))).toBeUndefined();
  });

  it.each([
    [Sentiment, { score: 'high' }, 'score must be a number conforming to the specified constraints'],
    [Sentiment, undefined, 'a value of type undefined is not an object'],
    [String, 1, 'a value of type number is not a string'],
    [schema('too high'), {}, 'score: too high'],
  ])('should blame the stage and name the property: %#', async (output, value, reason) => {
    const message = `stage "Rate" returned what its output does not allow: ${reason}`;
    expect(await failureOf(() => checkOutput('Rate', output)(value))).toEqual(new Error(message));
  });

  it('should pass on a bug of the schema as it is', async () => {
    const bug = new TypeError('x is not a function');
    const broken: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'spec',
        validate: () => {
          throw bug;
        },
      },
    };
    expect(await failureOf(() => checkOutput('Rate', broken)(1))).toBe(bug);
  });
});
