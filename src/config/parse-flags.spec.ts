import { describe, expect, it } from 'vitest';
import { ConfigurationValueError } from './configuration-value.error.js';
import { parseFlags } from './parse-flags.js';

const refusal = (...argv: string[]): string => {
  try {
    parseFlags(argv);
  } catch (error) {
    if (error instanceof ConfigurationValueError) return error.message;
    throw error;
  }
  return '';
};

describe('when the command line is empty', () => {
  it('should give nothing', () => {
    expect(parseFlags([])).toEqual({ help: false, version: false, values: {} });
  });
});

describe('when flags are known', () => {
  it('should take values after a space and after an equals sign', () => {
    expect(parseFlags(['--port', '80', '--max-request-size=5']).values).toEqual({
      port: '80',
      maxRequestSizeBytes: '5',
    });
  });

  it('should take a switch alone and with a value', () => {
    expect(parseFlags(['--debug', '--dry-run=false']).values).toEqual({ debug: true, dryRun: 'false' });
  });

  it('should take the last of a repeated flag', () => {
    expect(parseFlags(['--port', '1', '--port', '2']).values).toEqual({ port: '2' });
  });

  it('should keep an empty value, for the validation to refuse', () => {
    expect(parseFlags(['--port=']).values).toEqual({ port: '' });
  });

  it.each([['--help'], ['-h']])('should see %s', (flag) => {
    expect(parseFlags([flag])).toMatchObject({ help: true, version: false });
  });

  it('should see --version', () => {
    expect(parseFlags(['--version'])).toMatchObject({ help: false, version: true });
  });

  it('should leave what follows -- to the application', () => {
    expect(parseFlags(['--port', '1', '--', '--mine', 'x']).values).toEqual({ port: '1' });
  });
});

describe('when the command line is wrong', () => {
  it.each([
    ['--prot', '"--prot" is not a known flag: did you mean "--port"?'],
    ['--time', '"--time" is not a known flag: did you mean "--timeout"?'],
    ['--log_level=info', '"--log_level" is not a known flag: did you mean "--log-level"?'],
    ['--frobnicate', '"--frobnicate" is not a known flag: see --help for all flags.'],
    ['--no-debug', '"--no-debug" is not a known flag: did you mean "--debug"?'],
    ['--constructor', '"--constructor" is not a known flag: see --help for all flags.'],
    ['-p', '"-p" is not a known flag: see --help for all flags.'],
    ['serve', '"serve" is not a flag: flags start with "--", see --help.'],
    ['--help=me', '"--help" takes no value: leave "me" away.'],
    ['--port', '"--port" has no value: use a whole number from 0 to 65535.'],
  ])('should refuse %s', (argument, message) => {
    expect(refusal(argument)).toBe(message);
  });

  it('should not take the next flag for a value', () => {
    expect(refusal('--namespace', '--debug')).toBe(
      '"--namespace" has no value: use letters, digits and "_", not starting with a digit.',
    );
  });

  it('should list everything that is wrong', () => {
    expect(refusal('--prot', '1', '--port')).toBe(
      [
        '"--prot" is not a known flag: did you mean "--port"?',
        '"1" is not a flag: flags start with "--", see --help.',
        '"--port" has no value: use a whole number from 0 to 65535.',
      ].join('\n'),
    );
  });
});
