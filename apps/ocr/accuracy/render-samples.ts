import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';

/** A run of text with its left end and baseline, in pixels. */
interface Placed {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
  readonly family?: string;
}

const LETTER: Placed[] = [
  { x: 48, y: 72, text: 'Corner Bakery', size: 34, family: 'DejaVu Serif' },
  { x: 48, y: 104, text: '12 Station Road, Ashford', size: 18 },
  { x: 48, y: 160, text: 'Dear Ms. Taylor,' },
  { x: 48, y: 196, text: 'thank you for your order of 14 May 2026. We will' },
  { x: 48, y: 224, text: 'deliver it on Friday between 9:00 and 11:30.' },
  { x: 48, y: 284, text: 'Rye bread, large' },
  { x: 500, y: 284, text: '7.80' },
  { x: 48, y: 314, text: 'Apple cake (12 pieces)' },
  { x: 500, y: 314, text: '31.50' },
  { x: 48, y: 344, text: 'Total to pay' },
  { x: 500, y: 344, text: '39.30' },
  { x: 48, y: 404, text: 'Questions? Write to orders@bakery.example' },
  { x: 48, y: 440, text: 'Kind regards' },
];

const HEADLINE: Placed[] = [{ x: 150, y: 70, text: 'The Harbour Gazette', size: 38, family: 'DejaVu Serif' }];
const LEFT = [
  'The old lighthouse will',
  'shine again this autumn.',
  'Volunteers have spent',
  '300 days on its lamp,',
  'and the council paid',
  'for a new roof.',
];
const RIGHT = [
  'Ferries now leave every',
  '20 minutes on weekdays.',
  'Tickets cost 4.50 for a',
  'single trip; children',
  'under 6 travel free of',
  'charge.',
];
const FOOTER: Placed[] = [{ x: 150, y: 340, text: 'Continued on page 7: weather and tides', size: 18 }];

const GAZETTE: Placed[] = [
  ...HEADLINE,
  ...LEFT.map((text, row) => ({ x: 40, y: 124 + 30 * row, text })),
  ...RIGHT.map((text, row) => ({ x: 370, y: 124 + 30 * row, text })),
  ...FOOTER,
];

/** The sample images; run it again only to change them. Needs the DejaVu fonts. */
async function render(name: string, width: number, height: number, content: Placed[]): Promise<void> {
  const texts = content.map(
    ({ x, y, text, size = 20, family = 'DejaVu Sans' }) =>
      `<text x="${x}" y="${y}" font-family="${family}" font-size="${size}" fill="#1c1c1c">${text}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#fdfcf7"/>${texts.join('')}</svg>`;
  const directory = new URL('../samples/', import.meta.url);
  await writeFile(
    new URL(`${name}.png`, directory),
    await sharp(Buffer.from(svg)).png({ palette: true, colours: 16 }).toBuffer(),
  );
  await writeFile(new URL(`${name}.expected.txt`, directory), content.map(({ text }) => `${text}\n`).join(''));
}

await render('letter', 640, 480, LETTER);
await render('gazette', 680, 380, GAZETTE);
