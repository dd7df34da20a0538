import { Region } from '../../contract/features/windows.ts';
import { LIVE } from '../../contract/features/worlds.ts';
import type { Lang } from '../ui/format.ts';
import { THEMES, type ThemeName } from '../ui/theme.ts';
import { readWorld } from './world.ts';

/** What a window is, read from its address: `?seat=fire&lang=en#/plan/run-1`. */
export interface Route {
  readonly region: Region;
  /** What it names in the region: the run that a plan window was opened for. */
  readonly named: string | null;
  /** The screen a wall window is. */
  readonly screen: string | null;
  readonly seat: string;
  readonly lang: Lang | null;
  readonly theme: ThemeName | null;
  readonly world: string;
}

/** A broken escape is left as it stands: a window that shows nothing would not say why. */
function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads an address. What names no region is the whole workspace, at the duty officer's seat. */
export function readRoute(search: string, hash: string): Route {
  const query = new URLSearchParams(search);
  const path = hash.replace(/^#/, '').split(/[?&]/)[0] ?? '';
  const [head = '', tail = ''] = path.split('/').filter((part) => part !== '');
  const id = tail === '' ? null : readable(tail);
  const lang = query.get('lang');
  const wanted = query.get('theme');
  const wall = head === 'wall';
  return {
    region: Region.safeParse(head).data ?? 'workspace',
    named: wall ? null : id,
    screen: wall ? (id ?? 'wall-1') : null,
    seat: query.get('seat') || (wall ? 'wall' : 'duty'),
    lang: lang === 'en' || lang === 'zh-CN' ? lang : lang === 'zh' ? 'zh-CN' : null,
    theme: THEMES.find((name) => name === wanted) ?? (wall ? 'wall' : null),
    world: readWorld(search),
  };
}

/** The address of a region's own window, for the same seat, in the same world. */
export function regionAddress(
  region: Region,
  seat: string,
  keep: { lang: Lang; world: string; token?: string | null },
): string {
  const query = new URLSearchParams({ seat, lang: keep.lang, ...(keep.world === LIVE ? {} : { world: keep.world }) });
  const path = region === 'workspace' ? '#/' : `#/${region}`;
  return `?${query.toString()}${path}${keep.token ? `&token=${encodeURIComponent(keep.token)}` : ''}`;
}
