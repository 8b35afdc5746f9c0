import { describe, expect, it } from 'vitest';
import { toAsciiForms } from './ascii-forms.js';

describe('when a line has no East Asian script', () => {
  it('should turn full-width forms into ASCII', () => {
    expect(toAsciiForms('ｖ1.２，（ok）！')).toBe('v1.2,(ok)!');
  });
});

describe('when a line has East Asian script', () => {
  it('should keep its forms', () => {
    expect(toAsciiForms('价格：２０，谢谢！')).toBe('价格：２０，谢谢！');
  });
});
