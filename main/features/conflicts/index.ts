import { conflicts as contract } from '../../../contract/features/conflicts.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { conflictHandlers } from './handlers.ts';

/** What stations decided differently while apart stays in sight until a person has seen it. */
export const conflicts = defineFeature({
  contract,
  start: ({ domain }: Pick<Kernel, 'domain'>) => ({ handlers: conflictHandlers({ domain }) }),
});
