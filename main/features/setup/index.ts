import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError } from '../../../contract/errors.ts';
import { setup as contract, type SetupView } from '../../../contract/features/setup.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { HallCity } from '../../city/hallCity.ts';
import { HALL_YAML } from '../../config/hallYaml.ts';
import { defineFeature } from '../../kernel/feature.ts';
import { readHallFolder } from '../../kernel/hallFolder.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { createRejects } from '../../rejects/rejects.ts';
import { TELEMETRY_FILE } from '../../telemetry/openTelemetry.ts';
import { type Directory, feedFiles } from './feedFiles.ts';
import { createFileHandlers } from './files/fileHandlers.ts';
import { createImports } from './importHandlers.ts';
import { differences, partsOf } from './look.ts';
import { pastImports } from './pastImports.ts';
import { createTrialThread } from './trialThread.ts';
import { triedThings } from './triedThings.ts';

const MOST_NOTICES = 200;
const DAY_MS = 86_400_000;

type Takes =
  | 'basemap'
  | 'city'
  | 'clock'
  | 'dataDir'
  | 'feeds'
  | 'files'
  | 'hallDir'
  | 'log'
  | 'name'
  | 'ownMap'
  | 'reopen'
  | 'resources'
  | 'simulation'
  | 'telemetry'
  | 'world'
  | 'zone';

/** What the hall's folder says, as it is now beside what the hall works with; and reading it again. */
export const setup = defineFeature({
  contract,
  start(kernel: Pick<Kernel, Takes>) {
    const {
      basemap,
      city,
      clock,
      dataDir,
      files,
      hallDir,
      log,
      name,
      ownMap,
      reopen,
      resources,
      simulation,
      telemetry,
      world,
      zone,
    } = kernel;
    const simulated = simulation?.folder;
    const feedsIn = (directory: Directory, cameras: HallCity['cameras']) =>
      feedFiles(kernel, { directory, cameras, rejects: createRejects({ clock }), now: clock.now() });
    const started = feedsIn(telemetry.directory, city.cameras).feeds;

    const look = (): SetupView => {
      // Of its own: what is wrong with the files is told here, and is nobody's fault yet.
      const rejects = createRejects({ clock });
      const read = readHallFolder({ resources, hallDir, simulated, rejects, now: clock.now(), ownMap });
      const [sensors, units] = [read.city.sensors, read.city.units].map((all) => new Set(all.map(({ id }) => id)));
      const directory = {
        hasSensor: (id: string) => sensors?.has(id) === true,
        hasUnit: (id: string) => units?.has(id) === true,
      };
      const feeds = feedsIn(directory, read.city.cameras);
      const parts = differences(partsOf(city, files, started), partsOf(read.city, read.files, feeds.feeds));
      const map = {
        ...{ now: basemap !== null, files: read.basemap !== null },
        another: JSON.stringify(basemap) !== JSON.stringify(read.basemap),
      };
      const named = read.identity.name;
      const notices = [...read.notices, ...feeds.notices].slice(0, MOST_NOTICES);
      return {
        ...{
          folder: hallDir,
          own: existsSync(join(hallDir, HALL_YAML)),
          name: named,
          parts,
          map,
          reloads: reopen !== undefined,
        },
        notices: notices.map(({ severity, text, remedy }) => ({ severity, text, remedy })),
        differs:
          map.another ||
          JSON.stringify(named) !== JSON.stringify(name) ||
          parts.some(({ added, changed, gone }) => added.count + changed.count + gone.count > 0),
        imports: pastImports(hallDir),
      };
    };
    const onlyLive = () => {
      if (world.kind !== 'live')
        throw new ContractError('refused', 'a drill has no files of its own: go back to live work to set the hall up');
    };
    const imports = createImports(kernel, onlyLive);
    const trials = createTrialThread({ clock });
    const tried = (rules: readonly AlarmRule[], of: HallCity, days: number) =>
      trials.ask({
        ...{ file: join(dataDir, TELEMETRY_FILE), rules, from: clock.now() - days * DAY_MS },
        ...{ others: files.rules, things: triedThings(of, [...rules, ...files.rules], zone) },
      });
    const edited = createFileHandlers(kernel, onlyLive, (rules, days) => tried(rules, city, days));
    return {
      async close() {
        await Promise.all([imports.close(), trials.close(), edited.close()]);
      },
      handlers: {
        ...imports.handlers,
        ...edited.handlers,
        'setup.tryRules': ({ days }) => {
          onlyLive();
          const read = readHallFolder({
            ...{ resources, hallDir, simulated, rejects: createRejects({ clock }), now: clock.now(), ownMap },
          });
          return tried(read.files.rules, read.city, days);
        },
        'setup.look': () => {
          onlyLive();
          return look();
        },
        'setup.reload': (_params, caller) => {
          onlyLive();
          if (!reopen) throw new ContractError('refused', 'this hall cannot read its files again: start it anew');
          log.info({ seat: caller.seat }, 'the hall is opened anew for its files');
          reopen();
          return {};
        },
      },
    };
  },
});
