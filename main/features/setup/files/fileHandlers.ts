import { EDITED_KINDS, type EditedKind } from '../../../../contract/features/setupFiles.ts';
import type { Handlers } from '../../../../contract/wire/served.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { saying } from '../saying.ts';
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
  | 'setup.putBack';

/**
 * Files of the hall's folder written on screen.
 *
 * @param onlyLive throws where there is nothing to set up
 */
export function createFileHandlers(
  { clock, hallDir, log, telemetry }: Pick<Kernel, 'clock' | 'hallDir' | 'log' | 'telemetry'>,
  onlyLive: () => void,
): { handlers: Pick<Handlers, Files>; of(kind: EditedKind): EditedFolder } {
  const folders = Object.fromEntries(
    EDITED_KINDS.map((kind) => [kind, createEditedFolder(hallDir, kind, telemetry.directory)]),
  ) as Record<EditedKind, EditedFolder>;
  const of = (kind: EditedKind): EditedFolder => {
    onlyLive();
    return folders[kind];
  };
  return {
    of,
    handlers: {
      'setup.files': ({ kind }, caller) => saying(caller, () => of(kind).list()),
      'setup.forms': ({ kind }) => ({ forms: [...EDITED[kind].forms()] }),
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
    },
  };
}
