import { describe, expect, it } from 'vitest';
import { HOP_FORMAT, type Streamed } from '#libs/contracts';
import { eventFormatOf } from './event-formats.js';
import { readHopEvents } from './hop.format.js';

const sse = eventFormatOf(0);
const ndjson = eventFormatOf(1);
const hop = eventFormatOf(HOP_FORMAT);

describe('when events are written as server-sent events', () => {
  it('should be data lines and a blank line', () => {
    expect(sse.write('hello')).toBe('data: hello\n\n');
    expect(sse.write('')).toBe('data: \n\n');
  });

  it.each(['\n', '\r', '\r\n'])('should begin a line of data for every form of line break (%j)', (newline) => {
    expect(sse.write(`a${newline}${newline}b`)).toBe('data: a\ndata: \ndata: b\n\n');
  });

  it('should keep a break that a break follows of another form apart', () => {
    expect(sse.write('a\n\r\r\nb\n')).toBe('data: a\ndata: \ndata: \ndata: b\ndata: \n\n');
  });

  it('should keep what only looks like the format', () => {
    expect(sse.write(' : x')).toBe('data:  : x\n\n');
    expect(sse.write('\u2028')).toBe('data: \u2028\n\n');
  });

  it('should have name, id and retry before the data, which is JSON if it is no text', () => {
    expect(sse.write({ data: { a: [1, '\n'] }, event: 'token', id: '', retry: 0 })).toBe(
      'event: token\nid: \nretry: 0\ndata: {"a":[1,"\\n"]}\n\n',
    );
    expect(sse.write({ data: 'x\ny' })).toBe('data: x\ndata: y\n\n');
  });
});

describe('when events are written as newline-delimited JSON', () => {
  it('should be one object a line with the parts of the event', () => {
    expect(ndjson.write('a\nb')).toBe('{"data":"a\\nb"}\n');
    expect(ndjson.write({ data: { n: 1 }, event: 'token', id: '7', retry: 5 })).toBe(
      '{"event":"token","id":"7","retry":5,"data":{"n":1}}\n',
    );
  });
});

describe('when events go to a caller inside', () => {
  it('should come back as they were sent', () => {
    const events: Streamed[] = ['a\nb', '', { data: null, id: '1' }, { data: 'x' }];
    expect(readHopEvents(Buffer.from(events.map((event) => hop.write(event)).join('')))).toEqual(events);
    expect(readHopEvents(Buffer.alloc(0))).toEqual([]);
  });
});

describe.each([sse, ndjson, hop])('when an event cannot be sent', (format) => {
  it.each<[unknown, string]>([
    [7, 'neither a text nor an object with data'],
    [null, 'neither a text nor an object with data'],
    [{ text: 'x' }, 'neither a text nor an object with data'],
    [{ data: undefined }, 'undefined as data'],
    [{ data: () => 1 }, 'function as data'],
    [{ data: '', event: 'a\nb' }, 'event "a\\nb"'],
    [{ data: '', event: 1 }, 'event 1'],
    [{ data: '', id: 'a\rb' }, 'id "a\\rb"'],
    [{ data: '', id: '\0' }, 'id "\\u0000"'],
    [{ data: '', retry: 1.5 }, 'retry "1.5"'],
    [{ data: '', retry: -1 }, 'retry "-1"'],
  ])('should say why: %o', (event, why) => {
    expect(() => format.write(event as Streamed)).toThrow(TypeError);
    expect(() => format.write(event as Streamed)).toThrow(why);
  });
});

it('should know no other formats', () => {
  expect(() => eventFormatOf(2)).toThrow('no event format number 2');
});
