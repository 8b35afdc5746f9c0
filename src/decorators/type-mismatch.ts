/** Stands in for a type that the compiler shall refuse, so that its error says why. */
export interface TypeMismatch<Message extends string, Given, Wanted> {
  readonly message: Message;
  readonly given: Given;
  readonly wanted: Wanted;
}

export type IsAny<T> = 0 extends 1 & T ? true : false;
