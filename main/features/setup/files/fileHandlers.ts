import { EDITED_KINDS, type EditedKind } from '../../../../contract/features/setupFiles.ts';
import type { TrialView } from '../../../../contract/features/setupTrial.ts';
import type { Handlers } from '../../../../contract/wire/served.ts';
import type { AlarmRule, AlarmRules } from '../../../../core/alarms/rules.ts';
import { whereIs } from '../../../city/whereIs.ts';
import type { FeedConfig } from '../../../feeds/registry.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { saying } from '../saying.ts';
import { createFeedTrials } from './feedTrial.ts';
import { createEditedFolder, type EditedFolder } from './folder.ts';
import { EDITED } from './kinds.ts';

type Files =
  | 'setup.files'
  | 'setup.forms'
  | 'setup.file'
  | 'setup.check'
  | 'setup.save'
  | 'setup.switchFile'
  | 'setup.removeFile'
  | 'setup.putBack'
  | 'setup.beginTrial'
  | 'setup.trial'
  | 'setup.endTrial'
  | 'setup.tryDraft';

type Takes = 'city' | 'clock' | 'feeds' | 'files' | 'hallDir' | 'log' | 'resources' | 'telemetry';

/**
 * Files of the hall's folder written on screen, and feeds tried as they are written.
 *
 * @param onlyLive throws where there is nothing to set up
 * @param tryRules tries rules on what the hall's sensors said
 */
export function createFileHandlers(
  { city, clock, feeds, files, hallDir, log, resources, telemetry }: Pick<Kernel, Takes>,
  onlyLive: () => void,
  tryRules: (rules: readonly AlarmRule[], days: number) => Promise<TrialView>,
): { handlers: Pick<Handlers, Files>; close(): Promise<void> } {
  const known = {
    ...{ directory: telemetry.directory, at: whereIs(city) },
    sensorKinds: new Set(city.sensors.map((sensor) => sensor.kind)),
    rules: new Set(files.rules.map(({ rule }) => rule)),
    unitKinds: new Set(city.units.map((unit) => unit.kind)),
  };
  const folders = Object.fromEntries(
    EDITED_KINDS.map((kind) => [kind, createEditedFolder(hallDir, kind, known)]),
  ) as Record<EditedKind, EditedFolder>;
  const of = (kind: EditedKind): EditedFolder => {
    onlyLive();
    return folders[kind];
  };
  const trials = createFeedTrials({
    ...{ clock, feeds, directory: telemetry.directory },
    sensors: new Map(city.sensors.map(({ id, zh, en, unit }) => [id, { name: { zh, en }, unit }])),
    units: new Map(city.units.map((unit) => [unit.id, unit])),
  });
  return {
    close: trials.close,
    handlers: {
      'setup.files': ({ kind }, caller) => saying(caller, () => of(kind).list()),
      'setup.forms': ({ kind }) => ({ forms: [...EDITED[kind].forms(resources)] }),
      'setup.file': ({ kind, file }, caller) => saying(caller, () => of(kind).open(file)),
      'setup.check': ({ kind, ...draft }, caller) =>
        saying(caller, () => ({ faults: [...of(kind).look(draft).faults] })),
      'setup.save': ({ kind, ...draft }, caller) =>
        saying(caller, () => {
          const done = of(kind).save(draft, clock.now());
          if ('faults' in done) return { outcome: 'refused', faults: [...done.faults] };
          log.info({ seat: caller.seat, file: `${kind}/${done.saved}` }, 'a file of the hall was saved on screen');
          return { outcome: 'saved', file: done.saved, ...of(kind).open(done.saved) };
        }),
      'setup.switchFile': ({ kind, file, on }, caller) =>
        saying(caller, () => {
          of(kind).switchTo(file, on);
          log.info({ seat: caller.seat, file: `${kind}/${file}`, on }, 'a file of the hall was switched on screen');
          return {};
        }),
      'setup.removeFile': ({ kind, file }, caller) =>
        saying(caller, () => {
          of(kind).remove(file, clock.now());
          log.info({ seat: caller.seat, file: `${kind}/${file}` }, 'a file of the hall was removed on screen');
          return {};
        }),
      'setup.putBack': ({ kind, file }, caller) =>
        saying(caller, () => {
          const removed = of(kind).putBack(file);
          log.info(
            { seat: caller.seat, file: `${kind}/${file}`, removed },
            'a file of the hall was put back on screen',
          );
          return { removed };
        }),
      'setup.beginTrial': ({ kind, ...draft }, caller) =>
        saying(caller, () => {
          const looked = of(kind).look(draft);
          if (!looked.ok) return { outcome: 'refused', faults: [...looked.faults] };
          log.info({ seat: caller.seat, file: draft.base?.file ?? 'a new file' }, 'a feed is tried on screen');
          return { outcome: 'begun', ...trials.begin(looked.value as FeedConfig) };
        }),
      'setup.tryDraft': ({ kind, days, ...draft }, caller) =>
        saying(caller, async () => {
          const looked = of(kind).look(draft);
          if (!looked.ok) return { outcome: 'refused', faults: [...looked.faults] };
          return { outcome: 'tried', tried: await tryRules((looked.value as AlarmRules).rules, days) };
        }),
      'setup.trial': ({ trial }) => trials.view(trial),
      'setup.endTrial': ({ trial }) => trials.end(trial),
    },
  };
}
