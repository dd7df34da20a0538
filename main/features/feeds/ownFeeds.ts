import type { Notice } from '../../../contract/features/notices.ts';
import { readFolder } from '../../config/catalogue.ts';
import { uniqueIds } from '../../config/uniqueIds.ts';
import type { FeedDirectory } from '../../feeds/feed.ts';
import { type FeedConfig, feedConfigWith, ownedBy } from '../../feeds/registry.ts';
import { badFileNotices, takenIdNotice, unknownIdsNotice } from '../../notices/configuration.ts';
import type { Rejects } from '../../rejects/rejects.ts';

/** What feeds of the product are called. */
const OF_THE_PRODUCT = {
  file: 'resources/feeds/drill-city.yaml',
  own: true,
  entries: [{ id: 'drill-city', value: null }],
};

/**
 * Reads the hall's own feeds. A file that is wrong is named with its line, and of two feeds with one id the second; the others are in use.
 * What a feed names and the hall does not have is said, and the rest of the feed is in use.
 *
 * @param dir the hall's folder `feeds`, which need not be there
 */
export function readOwnFeeds(
  dir: string,
  { directory, rejects, now }: { directory: FeedDirectory; rejects: Rejects; now: number },
): { feeds: readonly FeedConfig[]; notices: Notice[] } {
  const { items, bad } = readFolder(dir, feedConfigWith({}), rejects);
  const { values: found, leftOut } = uniqueIds<{ file: string; feed: FeedConfig } | null>([
    OF_THE_PRODUCT,
    ...items.map(({ item, ...from }) => ({
      ...from,
      entries: [{ id: item.id, value: { file: from.file, feed: item } }],
    })),
  ]);
  const values = found.filter((each) => each !== null);
  const missing = values.map(({ file, feed }) => ({ file, of: feed.id, ids: unknownTo(feed, directory) }));
  return {
    feeds: values.map(({ feed }) => feed),
    notices: [
      ...badFileNotices(bad, now),
      ...leftOut.map((one) => takenIdNotice(one, now)),
      ...missing.filter(({ ids }) => ids.length > 0).map((one) => unknownIdsNotice(one, now)),
    ],
  };
}

/** Sensors and units that it names and that are not there; patterns name none. */
function unknownTo(feed: FeedConfig, { hasSensor, hasUnit }: FeedDirectory): string[] {
  return ownedBy(feed).filter((id) => !id.endsWith('*') && !hasSensor(id) && !hasUnit(id));
}
