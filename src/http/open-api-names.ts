/** Words of a class name without its role: `TextClassificationPipeline` → `Text`, `Classification`. */
function wordsOf(className: string): string[] {
  const name = className.replace(/(?<=.)Pipeline$/, '');
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [name];
}

/** Operation id: `TextClassificationPipeline` → `textClassification`. */
export function operationIdOf(className: string): string {
  const [first = '', ...others] = wordsOf(className);
  return first.toLowerCase() + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** Summary and tag: `TextClassificationPipeline` → `Text classification`, `OCRPipeline` → `OCR`. */
export function titleOf(className: string): string {
  const words = wordsOf(className).map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  const title = words.join(' ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}
