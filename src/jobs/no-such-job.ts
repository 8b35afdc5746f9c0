import { MosecError } from '#libs/contracts';

/** The same whether there never was one, it has expired, or it is somebody else's. */
export function noSuchJob(): MosecError {
  return new MosecError('there is no such job', 404, 'NOT_FOUND');
}
