import { Inject } from '@nestjs/common';

/** The injection token of the session that `OnnxModule.forFile(…, { name })` provides. @publicApi */
export function getOnnxSessionToken(name: string): string {
  return `OnnxSession:${name}`;
}

/** Injects the session of that name. @publicApi */
export function InjectOnnxSession(name: string): ParameterDecorator & PropertyDecorator {
  return Inject(getOnnxSessionToken(name));
}
