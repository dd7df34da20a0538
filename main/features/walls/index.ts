import { walls as contract } from '../../../contract/features/walls.ts';
import { wallAggregate } from '../../../core/walls/wall.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { wallHandlers } from './handlers.ts';
import { wallSource } from './screens.ts';
import { wallView } from './view.ts';

/** Scenes that are pushed to wall screens, and which screens are open. */
export const walls = defineFeature({
  contract,
  kinds: [{ aggregate: wallAggregate, goesOn: () => true, overAt: () => null }],
  show({ domain, topics }) {
    const screens = domain.of(wallAggregate);
    return {
      shows: {
        wall(subject) {
          const view = wallView(screens.get(subject));
          if (view) topics.walls.set(view.screen, view);
          else topics.walls.delete(screens.get(subject).screen);
        },
      },
    };
  },
  start: ({ domain, topics }: Pick<Kernel, 'domain' | 'topics'>) => ({
    handlers: wallHandlers({ domain }),
    streams: { wall: wallSource(topics.screens) },
  }),
});
