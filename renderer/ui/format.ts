/** The two languages of the product. */
export type Lang = 'zh-CN' | 'en';

/** Whether a sentence is in the language: Chinese has Chinese characters in it, English has none. */
export function speaks(lang: Lang, sentence: string): boolean {
  return /\p{Script=Han}/u.test(sentence) === (lang === 'zh-CN');
}

const two = (n: number) => String(n).padStart(2, '0');

/** `14:03:22`, by the window's own clock. */
export function clockTime(at: number): string {
  const d = new Date(at);
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

/** `2026-07-14 14:03:22`. */
export function dateTime(at: number): string {
  const d = new Date(at);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${clockTime(at)}`;
}

const UNITS = { 'zh-CN': { d: '天', h: '时', m: '分', s: '秒' }, en: { d: 'd', h: 'h', m: 'm', s: 's' } } as const;

/**
 * How long ago, short enough for a table, with its units, so that none is taken for a time of day: `8s`, `3m05s`, `2h14m`, `3d`;
 * `3分05秒` in Chinese. Never negative.
 */
export function age(ms: number, lang: Lang): string {
  const { d, h, m, s } = UNITS[lang];
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}${s}`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${m}${two(seconds % 60)}${s}`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}${h}${two(Math.floor(seconds / 60) % 60)}${m}`;
  return `${Math.floor(seconds / 86_400)}${d}`;
}

/** Time left or gone by, with its sign: `4:10`, `-0:35`, `1:02:00`. */
export function countdown(ms: number): string {
  const s = Math.floor(Math.abs(ms) / 1000);
  const sign = ms < 0 && s > 0 ? '-' : '';
  const h = Math.floor(s / 3600);
  const rest = `${h > 0 ? two(Math.floor(s / 60) % 60) : Math.floor(s / 60)}:${two(s % 60)}`;
  return h > 0 ? `${sign}${h}:${rest}` : `${sign}${rest}`;
}

/** A measured value with as many digits as matter to an operator. */
export function measured(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** `820 m`, `1.4 km`. */
export function distance(metres: number): string {
  return metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
}

/** `121.47321° E, 31.23041° N`. */
export function position(lon: number, lat: number): string {
  return `${Math.abs(lon).toFixed(5)}°${lon < 0 ? 'W' : 'E'}  ${Math.abs(lat).toFixed(5)}°${lat < 0 ? 'S' : 'N'}`;
}
