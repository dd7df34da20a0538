import { ledger as contract } from '../../../contract/features/ledger.ts';
import { createDigest } from '../../domain/digest.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { looksRefusing, watchDisk } from '../../ledger/diskWatch.ts';
import { sha256 } from '../../ledger/sha256.ts';
import { verifyDaily } from '../../ledger/verifyDaily.ts';
import { foreignOf } from './foreignOf.ts';
import { ledgerHandlers } from './handlers.ts';

/** The record itself: whether it is written, what it comes to, and what became of a damaged one. */
export const ledger = defineFeature({
  contract,
  start({ clock, dataDir, ledger, log, views }: Pick<Kernel, 'clock' | 'dataDir' | 'ledger' | 'log' | 'views'>) {
    const stops = [
      watchDisk({ ledger, clock, looksBad: () => looksRefusing(dataDir) }),
      verifyDaily({ ledger, clock, log }),
    ];
    const turn = () => new Promise<void>((next) => setImmediate(next));
    return {
      queries: { 'ledger.foreign': foreignOf(views) },
      handlers: ledgerHandlers({ ledger, digest: createDigest({ clock, ledger, views, sha256, turn }) }),
      close() {
        for (const stop of stops) stop();
      },
    };
  },
});
