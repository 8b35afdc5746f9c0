import sharp from 'sharp';
import type { SyntheticLine } from './synthetic-line.js';

const MARGIN = 24;

/** PNG of one line in the middle of its background. */
export async function renderLine(line: SyntheticLine): Promise<Buffer> {
  const reach = line.doubleWord < 0 ? 1 : 2;
  const height = Math.round(line.size * reach * 1.3) + 2 * MARGIN;
  const baseline = MARGIN + Math.round(line.size * reach);
  const words = line.text.split(' ').map((word, index) => {
    const safe = escapeXml(word);
    return index === line.doubleWord ? `<tspan font-size="${line.size * 2}">${safe}</tspan>` : safe;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1100" height="${height}">
    <rect width="100%" height="100%" fill="${line.background}"/>
    <text x="${MARGIN}" y="${baseline}" xml:space="preserve" font-family="${line.font}" font-size="${line.size}" fill="${line.colour}"
      font-weight="${line.bold ? 'bold' : 'normal'}" font-style="${line.italic ? 'italic' : 'normal'}"
      letter-spacing="${line.letterSpacing}">${words.join(' ')}</text></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
