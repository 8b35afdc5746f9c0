/** Milliseconds until it is tried again after the server refused, which a browser takes as final. */
const AGAIN_MS = 2000;

/**
 * Follows what the server tells.
 * @param listener `sample(sample)`, `draining()` and `lost()`
 */
export function follow(listener) {
  const source = new EventSource('mosec/events');
  let isDraining = false;
  source.addEventListener('message', ({ data }) => listener.sample(JSON.parse(data)));
  source.addEventListener('draining', () => {
    isDraining = true;
    listener.draining();
  });
  source.addEventListener('error', () => {
    if (!isDraining) listener.lost();
    isDraining = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(listener), AGAIN_MS);
  });
}
