import { drills as contract } from '../../../contract/features/drills.ts';
import { callAggregate, decideCall } from '../../../core/calls/call.ts';
import { CALL_SEATS } from '../../../core/drills/scriptShape.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { badFileNotices, emptyCityFeedNotice } from '../../notices/configuration.ts';
import { keepSecret } from '../../token.ts';
import { openDrillProfile } from './drillProfile.ts';
import { drillHandlers } from './handlers.ts';

/** The drill city, where the hall is started with it: a feed, cameras, a drill that begins when it is asked to. */
export const drills = defineFeature({
  contract,
  async start(kernel: Kernel) {
    const { cameraSources, madeCity: city, domain, failed, feeds, newId, notices, profile, startedAt, strip } = kernel;
    if (profile !== 'drill' || city.units.length === 0) return { handlers: drillHandlers({ cameras: city.cameras }) };
    const drill = await openDrillProfile({
      ...kernel,
      city,
      dataDir: kernel.hallDir, // Scenes are painted once for all.
      script: kernel.drill,
      startAfter: kernel.drillAfter,
      byHand: kernel.drillByHand,
      onInject({ text, to = CALL_SEATS, known: about = {} }) {
        const call = domain.of(callAggregate).get(`call:${newId()}`);
        domain
          .execute(() => decideCall(call, { do: 'come', text, to: [...to], about, actor: 'hall.drill' }))
          .catch((error: unknown) => failed(error, 'telling the seats of a call'));
      },
    });
    if (drill.bad) for (const notice of badFileNotices([drill.bad], startedAt)) notices.raise(notice);
    if (drill.emptyCityFeed) notices.raise(emptyCityFeedNotice(startedAt));
    cameraSources.add(drill.camera);
    strip.add(() => ({ drill: drill.view() }));
    drill.onChange(strip.changed);
    const feed = feeds.add(drill.feed);
    keepSecret(kernel.dataDir, 'city-feed', drill.feedUrl); // For another station of the same drill.
    return {
      handlers: drillHandlers({ cameras: city.cameras, start: drill.start, setGone: drill.setGone }),
      async close() {
        await feed.stop(); // A source that the hall itself closes is no fault of the feed.
        await drill.close();
      },
    };
  },
});
