import { restartsOf } from './stage-card.js';

/**
 * What a person who does not look at the page is to be told of: changes of state and restarts, no figures.
 * @param before the sample before; undefined at first
 */
export function newsBetween(before, now) {
  const news = [];
  if (before?.unreadyReason !== now.unreadyReason) news.push(stateOf(now));
  for (const { stage, replicas } of before ? now.stages : []) {
    const earlier = before.stages.find((other) => other.stage === stage);
    if (earlier && restartsOf(replicas) > restartsOf(earlier.replicas)) news.push(`A worker of ${stage} was restarted`);
  }
  return news;
}

export function stateOf({ unreadyReason }) {
  return unreadyReason ? `Not ready: ${unreadyReason}` : 'Ready';
}
