import { windows as contract } from '../../../contract/features/windows.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { windowHandlers } from './handlers.ts';

/** Windows of the desktop, as pages ask for them and as the shell has them open. */
export const windows = defineFeature({
  contract,
  start: ({ topics, world }: Pick<Kernel, 'topics' | 'world'>) => ({
    handlers: windowHandlers({ windows: topics.windows, world: world.id }),
  }),
});
