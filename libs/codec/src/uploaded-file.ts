/** A file that came in a request: a part of a form, or a whole image. @publicApi */
export interface UploadedFile {
  /** Name of the file on the client's side, without folders; undefined where none was given. Never trust it. */
  readonly filename?: string;
  /** Media type as the client says, e.g. `image/png`. */
  readonly mediaType: string;
  /** A view of the request's body for an image, a copy for a part of a form; valid until `forward` settles. */
  readonly data: Buffer;
}
