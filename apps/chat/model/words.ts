/** Prose of a Markdown page: without code, tables, headings and the marks of links and emphasis. */
export function proseOf(markdown: string): string {
  return markdown
    .replace(/```[\s\S]*?```/g, '')
    .replace(/^(\||#|>|\s*[-*] ).*$/gm, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`_]/g, '');
}

/** A text in the tokens of the model: words with the punctuation that they carry. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Whether a sentence may end with the word. */
export function endsSentence(word: string): boolean {
  return /[.!?]$/.test(word);
}
