import { pino } from 'pino';
import { expect, test } from 'vitest';
import { stamper } from '../../core/ledger/family.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { DECLARED } from '../../tests/fakes/domainRig.ts';
import { createMemoryLedgerStore, partsFor } from '../../tests/fakes/ledgerStore.ts';
import { createLedger } from '../ledger/createLedger.ts';
import { sha256 } from '../ledger/sha256.ts';
import { createAudit, type Refusal } from './audit.ts';

const log = pino({ level: 'silent' });
const MINUTE = 60_000;

function rig() {
  const clock = createFakeClock();
  const store = createMemoryLedgerStore();
  const ledger = createLedger({
    ...{ store, station: 'A', chain: 'A', clock, log, sha256, stamp: stamper(DECLARED.families), recovery: null },
    ...partsFor('A'),
    onClosed: () => undefined,
  });
  const written = () =>
    [...ledger.all()].map(
      ({ stream, actor, body }) =>
        `${stream} ${actor.seat} ${body.what === undefined ? body.camera : body.what} ×${body.count}`,
    );
  return { clock, store, written, audit: createAudit({ ledger, clock, log }) };
}

const refusal = (what: string, seat = 'wall'): Refusal => ({
  seat,
  client: 'wall:north',
  via: 'window',
  what,
  why: 'no',
});

test('a refusal is an event of the stream audit, at once; the same again is counted and written as one', async () => {
  const { clock, written, audit } = rig();
  for (let i = 0; i < 500; i++) audit.refused(refusal('link.cut'));
  audit.refused(refusal('drill.start'));
  await clock.advance(MINUTE);
  expect(written()).toEqual(['audit wall link.cut ×1', 'audit wall drill.start ×1']);
  await clock.advance(10 * MINUTE);
  expect(written().slice(2)).toEqual(['audit wall link.cut ×499']);
  audit.refused(refusal('link.cut'));
  audit.refused(refusal('link.cut'));
  await audit.close();
  expect(written().slice(3)).toEqual(['audit wall link.cut ×1', 'audit wall link.cut ×1']);
  expect(clock.pending).toBe(0);
});

test('a flood of kinds fills no disk: what is beyond is joined', async () => {
  const { clock, written, audit } = rig();
  for (let i = 0; i < 5000; i++) audit.refused(refusal(`made-up.${i}`));
  await clock.advance(11 * MINUTE);
  expect(written()).toHaveLength(52);
  expect(written().slice(-2)).toEqual(['audit wall null ×1', 'audit wall null ×4949']);
});

test('a disk that refuses is no harm to who asked', async () => {
  const { clock, store, written, audit } = rig();
  store.refuse('SQLITE_FULL');
  audit.refused(refusal('link.cut'));
  await clock.advance(MINUTE);
  store.refuse(null);
  audit.refused(refusal('drill.start'));
  await audit.close();
  expect(written()).toEqual(['audit wall drill.start ×1']);
});

test('who turned a camera is written at once, and more of it as one; a flood of refusals takes nothing of it', async () => {
  const { clock, written, audit } = rig();
  for (let i = 0; i < 100; i++) audit.refused(refusal(`made-up.${i}`));
  const begun = (seat: string) => ({ seat, client: 'situation', via: 'window', camera: 'GATE-1' });
  for (const seat of ['duty', 'duty', 'commander', 'duty']) audit.steered(begun(seat));
  await clock.advance(0);
  expect(written().slice(-2)).toEqual(['audit duty GATE-1 ×1', 'audit commander GATE-1 ×1']);
  await clock.advance(10 * MINUTE);
  expect(written().slice(-1)).toEqual(['audit duty GATE-1 ×2']);
  await audit.close();
});
