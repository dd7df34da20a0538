import { join } from 'node:path';
import { alarms as contract } from '../../../contract/features/alarms.ts';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import { whereIs } from '../../city/whereIs.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { keepTime } from '../../kernel/timed.ts';
import { TELEMETRY_FILE } from '../../telemetry/openTelemetry.ts';
import { zoneOffset } from '../../zoneOffset.ts';
import { createFenceWatch } from './fenceWatch.ts';
import { alarmHandlers } from './handlers.ts';
import { alarmKind } from './kind.ts';
import { alarmsModel } from './model.ts';
import { pastAlarms } from './past.ts';
import { alarmQueries, oneAlarm } from './queries.ts';
import { createRecall } from './recall.ts';
import { createRuleWatch } from './ruleWatch.ts';
import { followSensorLevels } from './sensorLevels.ts';
import { createShelving } from './shelving.ts';
import { shelvingOver } from './shelvingOver.ts';
import { showAlarms } from './show.ts';
import { createSilence } from './silence.ts';
import { ALARM_TASKS_PROGRAM, alarmTasks } from './tellAlarms.ts';
import { createTogetherWatch } from './togetherWatch.ts';
import { createUsuals } from './usuals.ts';

type StandsOn = Pick<
  Kernel,
  | 'city'
  | 'clock'
  | 'dataDir'
  | 'deadlines'
  | 'domain'
  | 'failed'
  | 'files'
  | 'ledger'
  | 'ledgerThreads'
  | 'queries'
  | 'readers'
  | 'station'
  | 'stream'
  | 'zone'
> & {
  readonly telemetry: Pick<
    Kernel['telemetry'],
    'isClaimed' | 'onSensor' | 'onUnit' | 'position' | 'remember' | 'setLevel'
  >;
};

/** Rules raise and clear alarms; people acknowledge and shelve them; sensors show the level they stand at; what came before is found and told. */
export const alarms = defineFeature({
  contract,
  kinds: [alarmKind],
  readModels: [alarmsModel],
  show(stand) {
    const shelving = createShelving(stand.clock, () => stand.ledger.ownChains());
    return { shelving, shows: showAlarms(stand, shelving) };
  },
  start(kernel: StandsOn, { shelving }) {
    const {
      city,
      clock,
      dataDir,
      deadlines,
      domain,
      failed,
      files,
      ledger,
      queries,
      readers,
      station,
      stream,
      telemetry,
      zone,
    } = kernel;
    const teller = kernel.ledgerThreads.open(alarmTasks, ALARM_TASKS_PROGRAM);
    const sensors = new Map(city.sensors.map((sensor) => [sensor.id, { ...sensor, name: sensor.place }]));
    const usuals = createUsuals({
      ...{ rules: files.rules, sensors: sensors.values(), offset: zoneOffset(zone), clock, onError: failed },
      ...{ file: join(dataDir, TELEMETRY_FILE), recall: () => createRecall({ clock }), keep: telemetry.remember },
      onKnown: () => queries.changed(['usual']),
    });
    const watch = createRuleWatch({
      ...{ usualOf: usuals.of, rules: files.rules, station, domain, onError: failed },
      sensor: (id) => sensors.get(id),
    });
    const fences = createFenceWatch({
      ...{ rules: files.rules, units: city.units, at: whereIs(city), station, domain, onError: failed },
    });
    const together = createTogetherWatch({
      ...{ rules: files.rules, sensors: sensors.values(), units: city.units, at: whereIs(city) },
      ...{ usualOf: usuals.of, station, domain, clock, deadlines, onError: failed },
    });
    const index = indexRules(files.rules);
    const isWatched = (rule: string, source: { kind: string; id: string }): boolean => {
      if (together.isWatched(rule, source)) return true;
      if (source.kind === 'unit') return fences.isWatched(rule, source.id);
      const sensor = sensors.get(source.id);
      return sensor !== undefined && index.of(sensor).some((each) => each.rule === rule && !each.quiet);
    };
    const silence = createSilence({
      ...{
        index,
        sensors: sensors.values(),
        isClaimed: telemetry.isClaimed,
        watch: {
          silent(id, minutes, t) {
            watch.silent(id, minutes, t);
            together.silent(id, minutes);
          },
        },
        clock,
        deadlines,
      },
    });
    for (const id of sensors.keys())
      telemetry.onSensor(id, (said) => {
        watch.observe(id, said);
        silence.heard(id);
      });
    // A hall without such rules hears nothing twice, and of no position.
    for (const id of usuals.sensors) telemetry.onSensor(id, (said) => usuals.heard(id, said));
    for (const id of together.sensors) telemetry.onSensor(id, (said) => together.observe(id, said));
    for (const id of new Set([...fences.units.map((unit) => unit.id), ...together.units]))
      telemetry.onUnit(id, () => {
        const fix = telemetry.position(id);
        if (!fix) return;
        fences.moved(id, fix);
        together.moved(id, fix);
      });
    followSensorLevels(domain, (sensor, level) => {
      if (sensors.has(sensor)) telemetry.setLevel(sensor, level);
    });
    const stopTime = keepTime(shelvingOver({ domain, shelving, clock }), { domain, deadlines, clock, onError: failed });
    return {
      handlers: alarmHandlers({ domain, stream, teller, isWatched }),
      queries: {
        ...alarmQueries(files, usuals.knows),
        ...pastAlarms(readers, stream),
        'alarms.one': oneAlarm(domain, ledger, shelving),
      },
      async close() {
        stopTime();
        silence.close();
        fences.close();
        together.close();
        await Promise.all([teller.close(), usuals.close()]);
      },
    };
  },
});
