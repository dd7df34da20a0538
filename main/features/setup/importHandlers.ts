import { join } from 'node:path';
import type { ImportAsked } from '../../../contract/features/setupImport.ts';
import type { Handlers } from '../../../contract/wire/served.ts';
import { ImportError } from '../../city/import/importError.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { createImportThread, type ImportThread } from './importThread.ts';
import { fileOf, refusalOf } from './preview.ts';
import { saying } from './saying.ts';
import { createUploads } from './uploads.ts';

type Takes = Pick<Kernel, 'city' | 'clock' | 'dataDir' | 'hallDir' | 'log'>;
type Imports = 'setup.offer' | 'setup.withdraw' | 'setup.plan' | 'setup.import' | 'setup.undo';

/**
 * Brings a department's table or geo file into the hall's folder, from a window.
 *
 * @param onlyLive throws where there is nothing to set up
 */
export function createImports(
  { city, clock, dataDir, hallDir, log }: Takes,
  onlyLive: () => void,
  thread: ImportThread = createImportThread({ clock }),
): { handlers: Pick<Handlers, Imports>; close(): Promise<void> } {
  const uploads = createUploads({ folder: join(dataDir, '.setup'), clock });
  const orderOf = ({ upload, kind, crs, sheet }: ImportAsked) => {
    onlyLive();
    const { file, name } = uploads.whole(upload);
    const { departments, kinds } = city;
    return { ...{ dataDir: hallDir, kind, file }, options: { name, crs, sheet, departments, kinds } };
  };
  return {
    handlers: {
      'setup.offer': (piece, caller) =>
        saying(caller, () => {
          onlyLive();
          return { got: uploads.take(piece) };
        }),
      'setup.withdraw': ({ upload }) => {
        uploads.withdraw(upload);
        return {};
      },
      'setup.plan': async (asked, caller) => {
        const order = await saying(caller, () => orderOf(asked));
        try {
          return await thread.ask('plan', order);
        } catch (error) {
          if (error instanceof ImportError) return refusalOf(error);
          throw error;
        }
      },
      'setup.import': (asked, caller) =>
        saying(caller, async () => {
          const { name, written } = await thread.ask('import', { ...orderOf(asked), now: clock.now() });
          uploads.withdraw(asked.upload);
          log.info({ seat: caller.seat, name, written }, 'a file of a department was imported');
          return { file: fileOf(name), name, written };
        }),
      'setup.undo': ({ name }, caller) =>
        saying(caller, async () => {
          onlyLive();
          const { removed } = await thread.ask('undo', { dataDir: hallDir, name });
          log.info({ seat: caller.seat, name, removed }, 'an import was undone');
          return { file: fileOf(name), removed };
        }),
    },
    async close() {
      await thread.close();
      uploads.close();
    },
  };
}
