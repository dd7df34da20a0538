import { walls as contract } from '../../../contract/features/walls.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { wallHandlers } from './handlers.ts';

/** Scenes that are pushed to wall screens. */
export const walls = defineFeature({
  contract,
  start: ({ domain }: Pick<Kernel, 'domain'>) => ({ handlers: wallHandlers({ domain }) }),
});
