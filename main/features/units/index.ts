import { units as contract } from '../../../contract/features/units.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { unitQueries, unitSource, unitsSource } from './handlers.ts';

/** The units, and where they are. */
export const units = defineFeature({
  contract,
  start: ({ telemetry }: Pick<Kernel, 'telemetry'>) => ({
    queries: unitQueries({ telemetry }),
    streams: { units: unitsSource(telemetry), unit: unitSource(telemetry) },
  }),
});
