/** A fenced block of a page. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** Line of the page, from 1, on which the code begins. */
  readonly line: number;
  /** The path that the first line of the code names in a comment, as `// src/main.ts`; relative to the reader's project. */
  readonly path?: string;
}

/** Every fenced block of a page, those without a language and those inside lists too. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const fences = markdown.matchAll(/^([ \t]*)(`{3,})([^\n`]*)\n([\s\S]*?)^[ \t]*\2[ \t]*$/gm);
  return [...fences].map(({ index, 1: indent = '', 3: info = '', 4: indented = '' }) => {
    const code = indent ? indented.replaceAll(new RegExp(`^${indent}`, 'gm'), '') : indented;
    const path = /^(?:\/\/|#) (\S+\.\w+)\n/.exec(code)?.[1];
    const line = markdown.slice(0, index).split('\n').length + 1;
    return { language: info.trim(), code, line, ...(path !== undefined && { path }) };
  });
}

/** The TypeScript files that a page of the documentation shows. */
export function documentedFiles(markdown: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const { language, path, code } of codeBlocks(markdown)) {
    if (language === 'ts' && path !== undefined) files.set(path, code);
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
