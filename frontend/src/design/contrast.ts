/** Contrast by the formula of WCAG 2.2, and the pairs of tokens that stand on each other. */

export type Colour = readonly [r: number, g: number, b: number];

/** Reads "#rgb", "#rrggbb" and "rgb(1, 2, 3)"; null for anything else. */
export function colour(text: string): Colour | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex) {
    const full = hex.length === 3 ? [...hex].map((c) => c + c).join('') : hex;
    return [parseInt(full.slice(0, 2), 16), parseInt(full.slice(2, 4), 16), parseInt(full.slice(4, 6), 16)];
  }
  const m = /^rgb\((\d+)[, ]+(\d+)[, ]+(\d+)\)$/.exec(text.trim());
  return m ? [Number(m[1]), Number(m[2]), Number(m[3])] : null;
}

function luminance(c: Colour): number {
  const [r = 0, g = 0, b = 0] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** From 1 to 21. */
export function ratio(a: Colour, b: Colour): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** One token on another, and the contrast it needs: 4.5 for text, 3 for edges and signs. */
export interface Pair {
  on: string;
  under: string;
  needs: 4.5 | 3;
}

const levels = ['act', 'risk', 'verify', 'waiting', 'plan'] as const;
const surfaces = ['bg', 'panel', 'selection'] as const;
const words = ['text', 'muted', 'accent', ...levels] as const;

/** Every pair in use. */
export const pairs: readonly Pair[] = [
  ...words.flatMap((on) => surfaces.map((under): Pair => ({ on, under, needs: 4.5 }))),
  ...levels.flatMap((l): Pair[] => [{ on: l, under: `${l}-fill`, needs: 4.5 }, { on: 'text', under: `${l}-fill`, needs: 4.5 }]),
  { on: 'on-accent', under: 'accent', needs: 4.5 },
  { on: 'text', under: 'tint', needs: 4.5 },
  { on: 'text', under: 'map-land', needs: 4.5 },
  { on: 'muted', under: 'map-land', needs: 4.5 },
  { on: 'muted', under: 'map-sea', needs: 4.5 },
  { on: 'accent', under: 'map-land', needs: 3 },
  { on: 'edge', under: 'bg', needs: 3 },
  { on: 'edge', under: 'panel', needs: 3 },
  { on: 'edge', under: 'map-land', needs: 3 },
];

/** The tokens of a block of declarations: "--bg: #fff" is bg. */
export function tokens(css: string): Map<string, string> {
  return new Map([...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1] ?? '', (m[2] ?? '').trim()]));
}
