import type { DocumentBuilder } from '@nestjs/swagger';

/** What the OpenAPI document says about the application. @publicApi */
export interface OpenApiOptions {
  /**
   * Title of the document and of the Swagger page.
   * @default `name` in the application's package.json, else `nestjs-mosec`
   */
  readonly title?: string;
  /**
   * Description in Markdown, shown below the title.
   * @default `description` in the application's package.json, else none
   */
  readonly description?: string;
  /**
   * Version of the application.
   * @default `version` in the application's package.json, else `0.0.0`
   */
  readonly version?: string;
  /**
   * Changes the head of the document, e.g. `(builder) => void builder.addApiKey({ type: 'apiKey', name: 'x-api-key',
   * in: 'header' })`. Called once, before the server listens, after title, description and version are set.
   * @default none
   */
  readonly configure?: (builder: DocumentBuilder) => void;
}
