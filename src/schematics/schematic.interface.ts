/** What the schematics use of the tree of `@angular-devkit/schematics`, which `nest g` brings along. */
export interface SchematicTree {
  exists(path: string): boolean;
  create(path: string, content: string): void;
}

export interface SchematicContext {
  readonly logger: { info(message: string): void };
}

export type Rule = (tree: SchematicTree, context: SchematicContext) => SchematicTree;

/** What `nest g <schematic> <name> [path]` passes on. */
export interface SchematicOptions {
  readonly name: string;
  readonly path?: string;
  /** @default 'src' */
  readonly sourceRoot?: string;
  /** `--flat`: no folder of its own. @default false */
  readonly flat?: boolean;
  /** `--no-spec`: no test. @default true */
  readonly spec?: boolean;
}
