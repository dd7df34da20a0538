import { dirname, resolve } from 'node:path';
import type { Notice } from '../../contract/features/notices.ts';
import { readFolder } from '../config/catalogue.ts';
import { uniqueIds } from '../config/uniqueIds.ts';
import { badFileNotices, samePortNotice, takenIdNotice, unknownIdsNotice } from '../notices/configuration.ts';
import type { Rejects } from '../rejects/rejects.ts';
import type { FeedDirectory } from './feed.ts';
import { INBOX } from './folder/config.ts';
import { RECORDINGS } from './recording/config.ts';
import { type FeedConfig, feedConfigWith, ownedBy } from './registry.ts';

/**
 * Reads the hall's own feeds. A file that is wrong is named with its line, and of two feeds with one id the second; the others are in use.
 * What a feed names and the hall does not have is said, and the rest of the feed is in use.
 *
 * @param dirs folders `feeds` of the hall and of what is simulated for it, of which none need be there
 */
export function readOwnFeeds(
  dirs: readonly string[],
  { directory, rejects, now }: { directory: FeedDirectory; rejects: Rejects; now: number },
): { feeds: readonly FeedConfig[]; notices: Notice[] } {
  const read = dirs.map((dir) => readFolder(dir, feedConfigWith({}), rejects, { others: [INBOX] }));
  const bad = read.flatMap((folder) => folder.bad);
  const named = uniqueIds<Own>(
    read
      .flatMap(({ items }) => items)
      .map(({ item, ...from }) => ({
        ...from,
        entries: [{ id: item.id, value: { file: from.file, feed: located(item, dirname(from.file)) } }],
      })),
  );
  // A thing has one feed: of two that say its value the last would always be right.
  const owned = uniqueIds(
    named.values.map((each) => ({
      ...{ file: each.file, own: true },
      entries: [
        ...[...ownedBy(each.feed), ...foldersOf(each.feed)].map((id) => ({ id, value: null })),
        { id: ` ${each.feed.id}`, value: each },
      ],
    })),
  );
  const values = owned.values.filter((each) => each !== null);
  const missing = values.map(({ file, feed }) => ({ file, of: feed.id, ids: unknownTo(feed, directory) }));
  return {
    feeds: values.map(({ feed }) => feed),
    notices: [
      ...badFileNotices(bad, now),
      ...[...named.leftOut, ...owned.leftOut].map((one) => takenIdNotice(one, now)),
      ...missing.filter(({ ids }) => ids.length > 0).map((one) => unknownIdsNotice(one, now)),
      ...samePortNotices(values, now),
    ],
  };
}

/** The feed with its folder where it is: what is written from `feeds` on is meant there; recordings lie beside. */
function located(feed: FeedConfig, dir: string): FeedConfig {
  if (feed.protocol === 'replay') return { ...feed, file: resolve(dir, '..', RECORDINGS, feed.file) };
  return feed.protocol === 'folder' ? { ...feed, folder: resolve(dir, feed.folder) } : feed;
}

/** Two that take the files of one folder would take them from each other. */
const foldersOf = (feed: FeedConfig): string[] => (feed.protocol === 'folder' ? [feed.folder] : []);

/** A feed, and the file that tells of it. */
interface Own {
  readonly file: string;
  readonly feed: FeedConfig;
}

/** Feeds whose port an earlier one has, on the same address or on every one: they would wait for each other. */
function samePortNotices(feeds: readonly Own[], now: number): Notice[] {
  const every = new Set(['0.0.0.0', '::']);
  const before: { host: string; port: number; over: 'udp' | undefined; file: string }[] = [];
  return feeds.flatMap(({ file, feed }) => {
    if (!('listen' in feed) || feed.listen === undefined) return [];
    const { host, port, over } = feed.listen;
    const taken = before.find(
      (one) => one.port === port && one.over === over && (one.host === host || every.has(one.host) || every.has(host)),
    );
    before.push({ host, port, over, file });
    return taken ? [samePortNotice({ file, port, by: taken.file }, now)] : [];
  });
}

/** Sensors and units that it names and that are not there; patterns name none. */
export function unknownTo(feed: FeedConfig, { hasSensor, hasUnit }: FeedDirectory): string[] {
  if (feed.protocol === 'replay') return unknownTo(feed.as, { hasSensor, hasUnit });
  if ('owns' in feed) return feed.owns.filter((id) => !id.endsWith('*') && !hasSensor(id) && !hasUnit(id));
  if (!('devices' in feed)) return [];
  return feed.devices.flatMap((device) => [
    ...('unit' in device && !hasUnit(device.unit) ? [device.unit] : []),
    ...Object.values(device.readings).flatMap(({ sensor }) => (hasSensor(sensor) ? [] : [sensor])),
  ]);
}
