import { log as contract } from '../../../contract/features/log.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { logQueries } from './queries.ts';

/** Everything that was ever decided, to be listed and searched. */
export const log = defineFeature({
  contract,
  start: ({ readers }: Pick<Kernel, 'readers'>) => ({ queries: logQueries(readers) }),
});
