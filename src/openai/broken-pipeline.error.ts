import { MosecError } from '#libs/contracts';

/** 500: a pipeline did not keep to what its model promises. The client learns what it learns of every broken stage. */
export class BrokenPipelineError extends MosecError {
  /** @param what for the log: "did not return …" */
  constructor(model: string, what: string) {
    super('inference internal error', 500, 'INTERNAL', { cause: `the pipeline of model "${model}" ${what}` });
  }
}
