import { MosecError, type ErrorCode } from '#libs/contracts';

/** The request cannot become a job as it is: 422. */
export class JobRefusal extends MosecError {
  constructor(message: string, code: Extract<ErrorCode, 'IDEMPOTENCY_MISMATCH' | 'WEBHOOK_REFUSED'>) {
    super(message, 422, code);
  }
}
