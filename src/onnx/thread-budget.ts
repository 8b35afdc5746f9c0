/**
 * Threads for each of the replicas, so that together they are no more than the cores: with onnxruntime's own default,
 * the number of all cores each, they fight over them and a third of the throughput is lost.
 */
export function threadBudget(cores: number, replicas: number): number {
  return Math.max(1, Math.floor(cores / replicas));
}
