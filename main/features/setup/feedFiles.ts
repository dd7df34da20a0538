import type { Notice } from '../../../contract/features/notices.ts';
import type { HallCity } from '../../city/hallCity.ts';
import { readOwnFeeds } from '../../feeds/ownFeeds.ts';
import { feedFolders } from '../../kernel/feedFolders.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Rejects } from '../../rejects/rejects.ts';
import { gb28181Of } from '../../video/gb28181/address.ts';
import { readGb28181 } from '../../video/gb28181/config.ts';

/** Which sensors and units there are. */
export type Directory = Parameters<typeof readOwnFeeds>[1]['directory'];

/** What the files of a hall's folder tell of sources: its feeds, and who registers with it by GB/T 28181, which is among them on screen too. */
export function feedFiles(
  kernel: Pick<Kernel, 'hallDir' | 'simulation' | 'world'>,
  options: { directory: Directory; cameras: HallCity['cameras']; rejects: Rejects; now: number },
): { feeds: readonly { readonly id: string }[]; notices: readonly Notice[] } {
  const { directory, cameras, rejects, now } = options;
  const own = readOwnFeeds(feedFolders(kernel), { directory, rejects, now });
  const { config, notices } = readGb28181(kernel.hallDir, gb28181Of(cameras), rejects, now);
  const among = { id: 'gb28181', config };
  return {
    feeds: config ? [...own.feeds, among] : own.feeds,
    notices: [...own.notices, ...notices],
  };
}
