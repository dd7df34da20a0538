import { log as contract } from '../../../contract/features/log.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { logModel } from './model.ts';
import { logQueries } from './queries.ts';

/** Everything that was ever decided, to be listed and searched. */
export const log = defineFeature({
  contract,
  readModels: [logModel],
  start: ({ readers }: Pick<Kernel, 'readers'>) => ({ queries: logQueries(readers) }),
});
