import type { z } from 'zod';
import { firstIssue } from '../errors.ts';

/**
 * The one list of an item that may be long. Of its members most are the same objects from one version of the item to the next: what was
 * worked out of such an object is not worked out again.
 */
export interface LongList<T> {
  readonly list: keyof T & string;
  readonly member: z.ZodType;
}

/** How the items of a collection are written, and whether windows take them. Items and their members are replaced, never changed. */
export interface Encoder<T> {
  /** JSON `["key",item]`. */
  text(key: string, item: T): string;
  /** The first thing about the item that windows would refuse; null when there is none. */
  refused(item: T): { field: string; message: string } | null;
}

/** @param shown what windows take; all that is set without it */
export function createEncoder<T>(shown?: z.ZodType<T>, long?: LongList<T>): Encoder<T> {
  const texts = new WeakMap<object, string>();
  const taken = new WeakSet<object>();

  const issueOf = (schema: z.ZodType | undefined, value: unknown) => {
    const read = schema?.safeParse(value);
    return !read || read.success ? null : firstIssue(read.error);
  };
  if (!long) return { text: (key, item) => JSON.stringify([key, item]), refused: (item) => issueOf(shown, item) };
  const { list, member } = long;

  const membersOf = (item: T) => item[list] as readonly object[];
  /** An item that came from outside may be anything. */
  const hasMembers = (item: T) =>
    typeof item === 'object' && item !== null && Array.isArray(item[list]) && membersOf(item).every(isObject);
  const textOf = (part: object): string => {
    const known = texts.get(part);
    if (known !== undefined) return known;
    const text = JSON.stringify(part);
    texts.set(part, text);
    return text;
  };
  const listText = (members: readonly object[]): string => {
    let text = '';
    for (const part of members) text += (text && ',') + textOf(part);
    return `[${text}]`;
  };
  return {
    text(key, item) {
      // Put together by `+`: it is copied to one piece of memory when somebody reads it, and not a second time before that.
      let text = '';
      for (const [name, value] of Object.entries(item as object)) {
        const member = name === list ? listText(membersOf(item)) : JSON.stringify(value);
        if (member !== undefined) text += `${text && ','}${JSON.stringify(name)}:${member}`;
      }
      return `[${JSON.stringify(key)},{${text}}]`;
    },
    refused(item) {
      if (!shown) return null;
      if (!hasMembers(item)) return issueOf(shown, item);
      const fresh = membersOf(item).findIndex((part) => {
        if (taken.has(part)) return false;
        if (!member.safeParse(part).success) return true;
        taken.add(part);
        return false;
      });
      return issueOf(shown, fresh < 0 ? { ...item, [list]: [] } : item);
    },
  };
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
