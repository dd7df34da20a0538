import { worlds as contract } from '../../../contract/features/worlds.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { badFileNotices } from '../../notices/configuration.ts';
import { worldHandlers } from './handlers.ts';
import { drillScripts } from './scripts.ts';

type StandsOn = Pick<Kernel, 'clock' | 'drill' | 'hallDir' | 'notices' | 'rejects' | 'resources' | 'topics' | 'worlds'>;

/** Which worlds the hall has; drills are opened beside the live work, and ended. */
export const worlds = defineFeature({
  contract,
  start({ clock, drill, hallDir, notices, rejects, resources, topics, worlds }: StandsOn) {
    let read: ReturnType<typeof drillScripts> | null = null;
    // When somebody first asks: a start has no use for them.
    const scripts = () => {
      if (read === null) {
        read = drillScripts({ resources, hallDir, given: drill, rejects });
        for (const notice of badFileNotices([...read.bad], clock.now())) notices.raise(notice);
      }
      return read.scripts;
    };
    const publish = () => topics.worlds.setAll(worlds.list().map((world) => [world.id, world]));
    publish();
    return { handlers: worldHandlers({ worlds, scripts }), close: worlds.onChange(publish) };
  },
});
