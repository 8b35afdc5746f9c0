import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the dictionary listens: a daemon and all workers inherit the variables of the server. */
export const SOCKET_PATH = process.env['DICTIONARY_SOCKET'] ?? join(tmpdir(), 'nestjs-mosec-dictionary.sock');
