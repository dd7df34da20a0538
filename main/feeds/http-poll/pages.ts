import type { Issue } from '../../config/issue.ts';
import { type Decoded, joined } from '../codecs/codec.ts';
import { type Encoding, readJson } from '../codecs/json-path/json.ts';
import { first, type Path } from '../codecs/json-path/path.ts';
import { MESSAGE_LIMITS, NOTHING_FOUND } from '../codecs/json-path/reader.ts';
import { isSamePlace } from './ask.ts';
import { noPage, pageElsewhere } from './reasons.ts';

/**
 * Where the rest of an answer is asked for: on the same host alone, as the login goes along. Null where there is no more.
 *
 * @param from where this page was asked for
 */
export function nextPage(next: Path, body: Buffer, encoding: Encoding, from: URL): URL | Issue | null {
  const read = readJson(body, encoding);
  // What is wrong with it is told where it is read.
  if ('fault' in read) return null;
  const link = first(next, { root: read.value, element: read.value }, { left: MESSAGE_LIMITS.looks });
  if (link === undefined || link === null || link === '') return null;
  if (typeof link !== 'string' || !URL.canParse(link, from)) return noPage(next.text);
  const to = new URL(link, from);
  return isSamePlace(from, to) ? to : pageElsewhere(next.text, to.host.slice(0, 100));
}

/** What the pages of one answer brought. Of several some may hold nothing that is asked for. */
export function pagesJoined(all: readonly Decoded[]): Decoded {
  const some = all.filter(({ faults }) => faults[0]?.message !== NOTHING_FOUND.message);
  return joined(some.length > 0 ? some : all.slice(0, 1));
}
