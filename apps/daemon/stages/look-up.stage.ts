import { createConnection } from 'node:net';
import { ServerError, Stage, text, ValidationError, type ItemStage, type StageCall } from 'nestjs-mosec';
import { SOCKET_PATH } from '../socket-path.js';

/** Asks the program beside the server. */
@Stage({ codec: text })
export class LookUp implements ItemStage<string, string> {
  async forward(word: string, { signal }: StageCall): Promise<string> {
    const translation = await ask(word, signal).catch((cause: unknown) => {
      throw new ServerError('the dictionary does not answer', { cause });
    });
    if (!translation) throw new ValidationError(`no translation of "${word}"`);
    return translation;
  }
}

async function ask(word: string, signal: AbortSignal): Promise<string> {
  const socket = createConnection({ path: SOCKET_PATH, signal });
  socket.write(word);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}
