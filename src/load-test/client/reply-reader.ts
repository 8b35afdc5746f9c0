import { type Dispatcher } from 'undici';
import { codeOfBody, codeOfError, ERROR_BODY_BYTES } from './error-code.js';
import { type Reply } from './transport.interface.js';

const FIRST_ERROR_STATUS = 400;

/** Counts the bytes of an answer; keeps them only of errors, for their code. */
export class ReplyReader implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private bytes = 0;
  private kept = '';
  private takenBack = false;

  constructor(private readonly done: (reply: Reply) => void) {}

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // It was taken back while its connection was being made.
    if (this.takenBack) this.takeBack();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.status >= FIRST_ERROR_STATUS && this.kept.length < ERROR_BODY_BYTES) this.kept += chunk.toString('latin1');
  }

  onResponseEnd(): void {
    const code = this.status < FIRST_ERROR_STATUS ? undefined : codeOfBody(this.kept);
    this.done({ status: this.status, code, bytesReceived: this.bytes });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.done({ status: this.status, code: codeOfError(error), bytesReceived: this.bytes });
  }

  takeBack(): void {
    this.takenBack = true;
    this.controller?.abort(new Error('taken back'));
  }
}
