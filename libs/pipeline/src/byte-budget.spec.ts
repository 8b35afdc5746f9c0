import { describe, expect, it } from 'vitest';
import { ByteBudget } from './byte-budget.js';

describe('when bytes are taken and given back', () => {
  it('should know how many are held', () => {
    const budget = new ByteBudget(100);
    budget.take(60);
    budget.take(30);
    expect(budget.heldBytes).toBe(90);
    budget.giveBack(60);
    budget.giveBack(30);
    expect(budget.heldBytes).toBe(0);
  });

  it('should have room up to its limit, and again when something is given back', () => {
    const budget = new ByteBudget(100);
    budget.take(60);
    expect([budget.fits(40), budget.fits(41)]).toEqual([true, false]);
    budget.giveBack(20);
    expect(budget.fits(60)).toBe(true);
  });

  it('should have room for anything where nothing is held, so that no request is refused for ever', () => {
    const budget = new ByteBudget(100);
    expect(budget.fits(1000)).toBe(true);
    budget.take(1000);
    expect(budget.fits(1)).toBe(false);
    expect(budget.fits(0)).toBe(false);
    budget.giveBack(1000);
    expect(budget.fits(1000)).toBe(true);
  });
});
