import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { SOCKET_PATH } from './socket-path.js';

const WORDS = new Map([
  ['cat', 'Katze'],
  ['dog', 'Hund'],
]);

// A socket that a killed run has left behind.
rmSync(SOCKET_PATH, { force: true });

/** A program of its own, in any language: a word in, its translation out. */
createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.once('data', (word) => socket.end(WORDS.get(word.toString()) ?? ''));
}).listen(SOCKET_PATH, () => process.stdout.write(`dictionary of ${WORDS.size} words\n`));
