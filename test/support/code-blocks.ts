/**
 * The files that a page of the documentation shows: fenced blocks whose first line is a comment with a path, as
 * `// src/main.ts`. The path is relative to the reader's project.
 */
export function documentedFiles(markdown: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const [, code = ''] of markdown.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)) {
    const path = /^\/\/ (\S+\/\S+\.ts)\n/.exec(code)?.[1];
    if (path) files.set(path, code);
  }
  return files;
}

export interface DocumentedCall {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The answer's body as the page shows it: the comment on the next line. */
  readonly answer: string;
}

/** The `curl` lines of a page that show their answer, e.g. `curl -d 'hi' http://localhost:8000/echo` and `# "HI"`. */
export function documentedCalls(markdown: string): DocumentedCall[] {
  const lines = markdown.matchAll(/^curl (.*?)http:\/\/localhost:8000(\/\S*)\n# (.+)$/gm);
  return [...lines].map(([, options = '', path = '', answer = '']) => {
    const body = /-d '([^']*)'/.exec(options)?.[1];
    const headers = [...options.matchAll(/-H '([^:]+): ([^']*)'/g)].map(([, name = '', value = '']) => [name, value]);
    return {
      path,
      method: body === undefined ? 'GET' : 'POST',
      headers: Object.fromEntries(headers) as Record<string, string>,
      ...(body !== undefined && { body }),
      answer,
    };
  });
}
