import { sync as contract } from '../../../contract/features/sync.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { linkHandlers } from './handlers.ts';

/** The links to other stations. */
export const sync = defineFeature({
  contract,
  start: ({ sync }: Pick<Kernel, 'sync'>) => ({ handlers: linkHandlers({ sync }) }),
});
