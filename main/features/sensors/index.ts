import { sensors as contract } from '../../../contract/features/sensors.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { observationsSource, sensorHandlers, sensorQueries } from './handlers.ts';

/** The sensors, what they say and what they said. */
export const sensors = defineFeature({
  contract,
  start: ({ telemetry }: Pick<Kernel, 'telemetry'>) => ({
    handlers: sensorHandlers({ telemetry }),
    queries: sensorQueries({ telemetry }),
    streams: { observations: observationsSource(telemetry) },
  }),
});
