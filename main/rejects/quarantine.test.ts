import { expect, test } from 'vitest';
import { KEPT_BYTES } from '../../contract/features/rejects.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createQuarantine, type Quarantined, type QuarantineStore } from './quarantine.ts';
import { createRejects, type Reject, refuseOf } from './rejects.ts';

const refusal = (path: string, of?: Reject['of']): Reject => ({
  ...{ door: 'feed', source: 'f', path, excerpt: 'e' },
  ...{ message: { zh: '不对', en: 'm' }, remedy: { zh: '改', en: 'r' } },
  ...(of ? { of } : {}),
});

function rig() {
  const clock = createFakeClock(1000);
  const batches: Quarantined[][] = [];
  const disk = { takes: true, due: true, closed: false, tries: 0 };
  const store: QuarantineStore = {
    write(messages) {
      disk.tries++;
      if (disk.takes) batches.push([...messages]);
      return disk.takes;
    },
    message: () => null,
    act: () => true,
    forget: () => true,
    due: () => disk.due,
    close() {
      disk.closed = true;
    },
  };
  const quarantine = createQuarantine({ clock, store });
  return { clock, batches, disk, quarantine };
}

test('what is refused is written a quarter of a second later, together, and refusals of one message are one message', () => {
  const { clock, batches, quarantine } = rig();
  const rejects = createRejects({ clock, keep: quarantine.keep });
  let changes = 0;
  quarantine.onChange(() => changes++);
  const bytes = Buffer.from('{"v":1}');
  const { door: _, source: __, ...fault } = refusal('obs.0');
  refuseOf(
    rejects,
    'f',
    { bytes, topic: 'a/b', retained: true },
    { faults: [fault, { ...fault, path: 'obs.1' }], count: 5 },
  );
  rejects.add(refusal(''));
  bytes.fill(0); // What came belongs to whoever brought it.
  expect([batches, rejects.total()]).toEqual([[], 6]);
  clock.advanceSync(250);
  expect(batches).toHaveLength(1);
  expect(batches[0]).toMatchObject([
    {
      at: 1000,
      source: 'f',
      length: 7,
      topic: 'a/b',
      retained: true,
      refusals: [{ path: 'obs.0' }, { path: 'obs.1' }],
    },
    { bytes: null, length: null, topic: null, refusals: [{ path: '' }] },
  ]);
  expect(Buffer.from(batches[0]?.[0]?.bytes ?? []).toString()).toBe('{"v":1}');
  clock.advanceSync(1000);
  expect([batches.length, changes]).toEqual([1, 1]);
});

test('of a long message the beginning is kept, and how long it was', () => {
  const { batches, quarantine } = rig();
  quarantine.keep(refusal('', { bytes: new Uint8Array(KEPT_BYTES + 5) }), 1);
  quarantine.flush();
  expect([batches[0]?.[0]?.bytes?.length, batches[0]?.[0]?.length]).toEqual([KEPT_BYTES, KEPT_BYTES + 5]);
});

test('a flood does not wait in memory: it is written at once', () => {
  const { batches, quarantine } = rig();
  for (let i = 0; i < 1201; i++) quarantine.keep(refusal('', { bytes: new Uint8Array(1) }), i);
  expect(batches.map((batch) => batch.length)).toEqual([500, 500]);
  for (let i = 0; i < 40; i++) quarantine.keep(refusal('', { bytes: new Uint8Array(KEPT_BYTES) }), i);
  expect(batches).toHaveLength(3);
});

test('a disk that refuses costs what waits and nothing else; it is tried again though nothing comes', () => {
  const { clock, batches, disk, quarantine } = rig();
  disk.takes = false;
  quarantine.keep(refusal('1'), 1);
  clock.advanceSync(250);
  expect([quarantine.readable(), disk.tries]).toEqual([false, 1]);
  disk.due = false;
  quarantine.keep(refusal('2'), 1);
  clock.advanceSync(250);
  expect([quarantine.readable(), disk.tries]).toEqual([false, 1]);
  Object.assign(disk, { due: true, takes: true });
  clock.advanceSync(250);
  expect(quarantine.readable()).toBe(true);
  quarantine.keep(refusal('3'), 1);
  quarantine.close();
  expect(batches.flat().map(({ refusals }) => refusals[0]?.path)).toEqual(['3']);
  expect(disk.closed).toBe(true);
});
