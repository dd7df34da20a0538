import { sync as contract } from '../../../contract/features/sync.ts';
import { every } from '../../clock.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { holdThese } from '../keyed.ts';
import { linkHandlers } from './handlers.ts';

/** So often, in ms, what counts up by itself is shown. */
const BEAT_MS = 1000;

/** The links to other stations. */
export const sync = defineFeature({
  contract,
  start({ clock, sync, topics }: Pick<Kernel, 'clock' | 'sync' | 'topics'>) {
    const publish = () => holdThese(topics.peers, sync.status().peers, ({ station }) => station);
    const stop = every(clock, BEAT_MS, publish);
    sync.onChange(publish);
    publish();
    return { handlers: linkHandlers({ sync }), close: stop };
  },
});
