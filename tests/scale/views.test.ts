import { expect, test } from 'vitest';
import type { SubjectRange } from '../../core/ledger/subjects.ts';
import { createDomainRig, TEST_PLAN } from '../fakes/domainRig.ts';
import { createMemoryLedgerStore } from '../fakes/ledgerStore.ts';
import { createMemoryViewsPlace } from '../fakes/viewsPlace.ts';

/** A hall in which so many incidents are over and three are open; reads of events and of states are counted. */
async function hall(over: number) {
  const store = createMemoryLedgerStore();
  const place = createMemoryViewsPlace();
  const reads = { subjects: 0, all: 0 };
  const counted = {
    ...store,
    ofSubject(subject: string) {
      reads.subjects++;
      return store.ofSubject(subject);
    },
    bySubject(range?: SubjectRange) {
      reads.all++;
      return store.bySubject(range);
    },
  };
  const rig = createDomainRig({ store: counted, place });
  const open = async (name: string) => {
    const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(2, name) });
    const { run } = await rig.call('runs.launch', { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version });
    return { incident, run };
  };
  for (let i = 0; i < over; i++) {
    const { run } = await open(`S-${i}`);
    await rig.call('runs.allClear', { run, reason: 'dry', force: true });
    await rig.clear(`S-${i}`);
  }
  const goingOn = [await open('X-1'), await open('X-2'), await open('X-3')];
  rig.views.close();
  return { counted, place, reads, goingOn };
}

async function costs(over: number) {
  const { counted, place, reads, goingOn } = await hall(over);
  let asked = 0;
  const countingPlace = {
    ...place,
    open(stamp: string) {
      const store = place.open(stamp);
      if (!store) return null;
      return {
        ...store,
        state(subject: string) {
          asked++;
          return store.state(subject);
        },
      };
    },
  };
  const before = { ...reads };
  const rig = createDomainRig({ store: counted, place: countingPlace });
  const start = { folded: reads.subjects - before.subjects + (reads.all - before.all) };
  const costOf = async (what: () => Promise<unknown>) => {
    const then = { ...reads, asked };
    await what();
    return [reads.subjects - then.subjects, reads.all - then.all, asked - then.asked];
  };
  const { incident = '', run = '' } = goingOn[0] ?? {};
  return {
    start,
    event: await costOf(() => rig.call('incidents.note', { incident, text: 'x' })),
    step: await costOf(() => rig.call('runs.finish', { run, step: 'look' })),
    alarm: await costOf(() => rig.raise(1, 'X-2')),
    ends: await costOf(() => rig.call('runs.allClear', { run, reason: 'dry', force: true })),
    flush: await costOf(() => rig.clock.advance(1000)),
  };
}

test('V4 V5 a start folds nothing, and what an event costs does not grow with what is over', async () => {
  const few = await costs(4);
  const many = await costs(150);
  expect(many).toEqual(few);
  expect(many.start.folded).toBe(0);
});
