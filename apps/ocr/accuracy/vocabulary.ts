/** What made-up lines are drawn from. The held-out lines share no word, token or seed with the tuning lines. */
export interface Vocabulary {
  readonly seed: number;
  /** Families for fontconfig, which takes another one for those that are not installed. */
  readonly fonts: readonly string[];
  readonly words: readonly string[];
  /** Whole tokens with digits and punctuation. */
  readonly tokens: readonly string[];
}

const split = (text: string): string[] => text.trim().split(/\s+/);

export const TUNING: Vocabulary = {
  seed: 1,
  fonts: ['DejaVu Sans', 'DejaVu Serif', 'Liberation Sans', 'Roboto', 'Courier Prime', 'DejaVu Sans Condensed'],
  words: split(`the model reads every line and returns its text with a confidence for each word in order of columns
    server worker queue batch request answer time limit memory shared deadline client open close first last total
    order number invoice date amount paid customer street garden window yellow quick brown fox jumps over lazy dog
    I a of to is it we be by on at my so no Station Road Market Hill North West Company Limited Office Manager`),
  tokens: split(`2024-06-17 14:35 $19.99 3.14 100% (see #12) "quoted" e.g. A/B No.7 12,500 x=42 50-60 it's can't
    info@example.com www.test.org +49-30-1234 [1] v1.2.3 Q&A 5kg; end. next, then: why? yes! 007 42`),
};

export const HELD_OUT: Vocabulary = {
  seed: 23,
  fonts: ['DejaVu Sans Mono', 'Source Sans 3', 'Lora', 'Oswald', 'DejaVu Sans', 'DejaVu Serif'],
  words: split(`please find attached our latest report about coffee prices which have risen since winter because many
    farmers lost their harvest during storms; buyers expect relief when new crops arrive before summer although
    shipping remains slow from Brazil Kenya Peru Dr Smith Avenue Library Museum Science Journal Volume Chapter Figure
    was had an or if as up do he me us go ill will fill wall mill row corn modern turn rim firm W M river quay jazz`),
  tokens: split(`17/06/2025 09:05 EUR 249,00 2.718 7% (cf. #98) 'single' i.e. R&D Nr.15 1,048,576 y>3 10-15 they're
    sales@shop.net https://a.io/b +1-555-0199 [23] r2.0 3rd 20cm, stop. again; what? no! 404 88 6 9`),
};
