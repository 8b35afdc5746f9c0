const FULL_WIDTH = /[\uff01-\uff5e]/g;
const DISTANCE = 0xfee0;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The recogniser takes widely set letters for their East Asian full-width forms; in a line of no such script they are ASCII. */
export function toAsciiForms(text: string): string {
  if (EAST_ASIAN.test(text)) return text;
  return text.replace(FULL_WIDTH, (form) => String.fromCharCode(form.charCodeAt(0) - DISTANCE));
}
