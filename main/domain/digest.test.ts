import { expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createDomainRig, type DomainRig } from '../../tests/fakes/domainRig.ts';
import { sha256 } from '../ledger/sha256.ts';
import { createDigest } from './digest.ts';

function digestOf(rig: DomainRig) {
  let hashed = 0;
  let turns = 0;
  const digest = createDigest({
    clock: rig.clock,
    ledger: rig.ledger,
    views: rig.views,
    sha256(text) {
      hashed++;
      rig.clock.advanceSync(1);
      return sha256(text);
    },
    async turn() {
      turns++;
    },
  });
  return { digest, hashed: () => hashed, turns: () => turns };
}

test('two stations with the same events have the same digest, whatever came first; one event more, another', async () => {
  const clock = createFakeClock();
  const a = createDomainRig({ clock });
  const b = createDomainRig({ station: 'B', clock });
  await a.raise(2, 'WL-001');
  await b.raise(3, 'WL-002');
  await a.learnFrom(b);
  await b.learnFrom(a);
  const before = await digestOf(a).digest();
  expect(before).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/), events: 2 });
  expect(await digestOf(b).digest()).toEqual(before);
  await a.raise(1, 'WL-001');
  expect((await digestOf(a).digest()).digest).not.toBe(before.digest);
});

test('asked by many at once it is computed once, and not again until something changed', async () => {
  const rig = createDomainRig();
  for (let i = 0; i < 40; i++) await rig.raise(2, `WL-${i}`);
  const { digest, hashed, turns } = digestOf(rig);
  const answers = Promise.all(Array.from({ length: 200 }, digest));
  expect(new Set((await answers).map((answer) => answer.digest)).size).toBe(1);
  expect(hashed()).toBe(42);
  expect(turns()).toBeGreaterThan(1);
  for (let i = 0; i < 200; i++) await digest();
  expect(hashed()).toBe(42);
  await rig.raise(1, 'WL-7');
  const next = digest();
  await rig.clock.advance(1000);
  await next;
  expect(hashed()).toBe(84);
});

test('after much work it rests before it computes anew', async () => {
  const rig = createDomainRig();
  for (let i = 0; i < 20; i++) await rig.raise(2, `WL-${i}`);
  const { digest } = digestOf(rig);
  const first = await digest();
  await rig.raise(1, 'WL-3');
  let second: string | null = null;
  const asked = digest().then((answer) => {
    second = answer.digest;
  });
  await rig.clock.advance(40);
  expect(second).toBeNull();
  await rig.clock.advance(100);
  await asked;
  expect(second).not.toBe(first.digest);
});
