import type { Text } from '../../../../core/words.ts';
import type { Tags } from '../read/source.ts';

/** OpenStreetMap's values have 255 characters at most; no name on a map needs so many. */
const MOST = 120;

/** The name of a thing in both languages; where one is missing the other stands for it. Null when it has none. */
export function nameOf(tags: Tags): Text | null {
  const name = clean(tags.get('name'));
  const chinese = clean(tags.get('name:zh-Hans')) || clean(tags.get('name:zh'));
  const english = clean(tags.get('name:en')) || clean(tags.get('int_name'));
  const zh = chinese || name || english;
  const en = english || name || chinese;
  return zh === '' ? null : { zh, en };
}

/** One name for both languages. */
export function sameName(text: string | undefined): Text | null {
  const name = clean(text);
  return name === '' ? null : { zh: name, en: name };
}

export function clean(text: string | undefined): string {
  if (text === undefined) return '';
  return [...text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()].slice(0, MOST).join('');
}

/** Whether a name is written in Chinese characters. */
export function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
