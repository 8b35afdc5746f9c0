import { HOP_FORMAT, type MosecError, type ResultPort, type WorkItem } from '#libs/contracts';
import { decodeError } from '#libs/protocol';
import { encodeHop } from '#libs/codec';
import { describeFailure } from './describe-failure.js';
import { ExampleError } from './example.error.js';
import { EventTurn } from './event-turn.js';
import type { ItemCall } from './item-call.js';
import type { StageExecutor } from './stage-executor.js';
import type { StageInstance } from './stage-host.js';

/**
 * The batches that a stage wants to be warmed up with: its `multiExamples` (a list of batches for a batch stage,
 * of items otherwise), else its one `example`.
 */
function exampleBatches(stage: StageInstance): unknown[][] {
  if (stage.multiExamples) {
    return stage.forwardBatch
      ? stage.multiExamples.map((batch) => batch as unknown[])
      : stage.multiExamples.map((item) => [item]);
  }
  return stage.example === undefined ? [] : [[stage.example]];
}

/** The example items as hand-over payloads in base64, for a dry run. */
export function encodeExamples(stage: StageInstance): string[] {
  return exampleBatches(stage)
    .flat()
    .map((value) => encodeHop(value).toString('base64'));
}

/**
 * Runs the examples the way requests run, so that the first real one is not the slow one.
 * @throws ExampleError for the first example that fails
 */
export async function warmUp(stage: StageInstance, executor: StageExecutor): Promise<void> {
  const turn = new EventTurn(() => undefined);
  for (const batch of exampleBatches(stage)) {
    const outcome = new ExamplePort();
    outcome.calls = executor.callsOf(batch.map(exampleItem), outcome, turn);
    await executor.run(outcome.calls, outcome);
    if (outcome.error) throw new ExampleError(describeFailure(outcome.error));
  }
}

function exampleItem(value: unknown): WorkItem {
  return {
    payload: encodeHop(value),
    inputFormat: HOP_FORMAT,
    outputFormat: HOP_FORMAT,
    eventFormat: HOP_FORMAT,
    context: '{"id":"warm-up"}',
    deadline: Infinity,
  };
}

class ExamplePort implements ResultPort {
  error?: MosecError;
  calls: readonly ItemCall[] = [];

  begun(): void {}

  /** Read at once. */
  streamed(index: number, _count: number, payload: Uint8Array): void {
    this.calls[index]?.grant(payload.length);
  }

  settled(_index: number, ok: boolean, payload: Uint8Array): void {
    if (!ok) this.error ??= decodeError(payload);
  }

  finished(): void {}
}
