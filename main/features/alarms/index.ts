import { alarms as contract } from '../../../contract/features/alarms.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { alarmHandlers } from './handlers.ts';
import { createRuleWatch } from './ruleWatch.ts';
import { followSensorLevels } from './sensorLevels.ts';

type StandsOn = Pick<Kernel, 'city' | 'domain' | 'failed' | 'files' | 'station'> & {
  readonly telemetry: Pick<Kernel['telemetry'], 'onSensor' | 'setLevel'>;
};

/** Rules raise and clear alarms; people acknowledge and shelve them; sensors show the level they stand at. */
export const alarms = defineFeature({
  contract,
  start({ city, domain, failed, files, station, telemetry }: StandsOn) {
    const sensors = new Map(city.sensors.map((sensor) => [sensor.id, { ...sensor, name: sensor.place }]));
    const watch = createRuleWatch({
      ...{ rules: files.rules, station, domain, onError: failed },
      sensor: (id) => sensors.get(id),
    });
    for (const id of sensors.keys()) telemetry.onSensor(id, (said) => watch.observe(id, said));
    followSensorLevels(domain, (sensor, level) => {
      if (sensors.has(sensor)) telemetry.setLevel(sensor, level);
    });
    return { handlers: alarmHandlers({ domain }) };
  },
});
