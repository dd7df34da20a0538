import type { Slice } from '../../desk/slice.ts';

/** How many pictures a page of the video region has at most. */
export type PageSize = 1 | 4 | 9;

/** What the video region shows of the cameras that the seat watches. */
export interface VideoDesk {
  readonly size: PageSize;
  /** The camera that has to be on the page; null: the first. */
  readonly at: string | null;
  /** The incident for which they were opened here; null where they were opened for something else. */
  readonly about: string | null;
}

export const videoDesk: Slice<VideoDesk> = { name: 'video', initial: () => ({ size: 9, at: null, about: null }) };

/** What decides which page is shown. */
export type View = Pick<VideoDesk, 'size' | 'at'>;

/** One page of the cameras watched. */
export interface Page {
  readonly cameras: readonly string[];
  /** From 0. */
  readonly number: number;
  readonly pages: number;
}

/** The page that has the camera; the first where it is not watched. */
export function pageOf(watched: readonly string[], { size, at }: View): Page {
  const pages = Math.max(1, Math.ceil(watched.length / size));
  const number = at === null ? 0 : Math.max(0, Math.floor(watched.indexOf(at) / size));
  return { cameras: watched.slice(number * size, (number + 1) * size), number, pages };
}

/** The first camera of the page some steps on; the last page is followed by the first. */
export function pageAfter(watched: readonly string[], desk: View, steps: number): string | null {
  const { number, pages } = pageOf(watched, desk);
  return watched[((number + steps + pages) % pages) * desk.size] ?? null;
}

const LEAST_IN_COMMON = 3;

/**
 * Names that are told apart where there is little room: what all begin with is left out.
 *
 * @returns as many as there are names: `…洞口东` of `滨河路下穿洞口东`
 */
export function shortNames(names: readonly string[]): readonly string[] {
  if (names.length < 2) return names;
  const [first = '', ...rest] = names.map((name) => [...name]);
  let common = 0;
  while (common < first.length && rest.every((name) => name[common] === first[common])) common += 1;
  if (common < LEAST_IN_COMMON || names.some((name) => [...name].length === common)) return names;
  return names.map((name) => `…${[...name].slice(common).join('')}`);
}
