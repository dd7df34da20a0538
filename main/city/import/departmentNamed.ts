import { Id } from '../../../contract/schema/basics.ts';
import type { Department } from '../../../core/places/city.ts';
import { cellText } from './cellText.ts';
import { DEPARTMENT_WORDS, namedWithin } from './words.ts';

/**
 * The id of the department that a text names: by its id or one of its names, else by whose duty the words in it are. A hall that knows of
 * no department takes every id.
 *
 * @returns null where none is meant, or more than one may be
 */
export function departmentNamed(text: string, departments: readonly Department[]): string | null {
  const plain = cellText(text);
  const own = departments.find((each) =>
    [each.id, each.zh, each.en, each.shortZh, each.shortEn].some((name) => cellText(name) === plain),
  );
  if (own) return own.id;
  if (departments.length === 0 && Id.safeParse(plain).success) return plain;
  const known = new Set(departments.map(({ id }) => id));
  const meant = namedWithin(plain, DEPARTMENT_WORDS).filter((id) => known.size === 0 || known.has(id));
  if (meant.length === 1) return meant[0] ?? null;
  // A part of its full name, as people write it who belong to it: 水务局 for 澜港市水务局.
  const within = departments.filter(({ zh }) => plain.length >= 3 && cellText(zh).includes(plain));
  return within.length === 1 ? (within[0]?.id ?? null) : null;
}
