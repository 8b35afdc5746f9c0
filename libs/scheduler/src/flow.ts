/** Requests that share one place in the turn at a stage: those of one route. Told apart by identity. */
export type Flow = symbol;

/** Of items that nobody tells apart. */
export const SOLE_FLOW: Flow = Symbol('all');
