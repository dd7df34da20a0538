import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Said } from '../../../../core/warnings/message.ts';
import { capFile, capOf } from '../../../../tests/fixtures/cap/capOf.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { type CapOptions, readCap } from './read.ts';

const NOW = Date.parse('2026-11-28T06:00:00+08:00');
const OPTIONS: CapOptions = { zone: 480, holds: 86_400_000, mayBring: () => true, convert: (lon, lat) => [lon, lat] };
const read = (xml: string | Uint8Array) => readCap(typeof xml === 'string' ? Buffer.from(xml) : xml, OPTIONS, NOW);
const faultOf = (xml: string | Uint8Array) => {
  const reading = read(xml);
  return reading.ok ? 'taken' : reading.fault.message.en;
};

test('no document type, no entity but the five', () => {
  const evil = '<!DOCTYPE alert [<!ENTITY a "&b;&b;"><!ENTITY b SYSTEM "file:///etc/hostname">]>';
  expect(faultOf(`${evil}${capOf({}, { headline: '&a;' })}`)).toMatch(/DOCTYPE/);
  expect(faultOf(capOf({}, { headline: '&a;' }))).toMatch(/no good XML/);
  expect(read(capOf({}, { headline: '&lt;&gt;&amp;&quot;&apos;&#x96E8;' }))).toMatchObject({
    message: { title: { zh: '<>&"\'雨' } },
  });
});

test('bytes, depth, elements, characters and counts have an end', () => {
  expect(faultOf(Buffer.alloc(1024 * 1024 + 1, 0x20))).toMatch(/more than 1048576 bytes/);
  expect(faultOf('<a>'.repeat(100_000))).toMatch(/more than 12 levels/);
  expect(faultOf(`<alert>${'<a/>'.repeat(20_001)}</alert>`)).toMatch(/more than 20000 elements/);
  expect(faultOf(capOf({}, { description: '雨'.repeat(210_000) }))).toMatch(/more than 200000 characters/);
  const info = /<info>.*<\/info>/.exec(capOf())?.[0] ?? '';
  expect(faultOf(capOf().replace('</alert>', `${info.repeat(20)}</alert>`))).toMatch(/more than 20 info blocks/);
  expect(faultOf(capOf().replace('</info>', `${'<area/>'.repeat(200)}</info>`))).toMatch(/more than 200 areas/);
  expect(faultOf(capOf({ references: Array(101).fill('a,b,c').join(' ') }))).toMatch(/more than 100 references/);
  expect(faultOf(capOf({ identifier: 'x'.repeat(300) }))).toMatch(/more than 250 characters/);
});

test('outlines of too many points are left out, and the warning is taken', () => {
  const ring = (n: number) =>
    `<polygon>${Array.from({ length: n }, (_, i) => `29.${100 + i},121.8`).join(' ')}</polygon>`;
  for (const polygons of [ring(2001), `${ring(1500)}${ring(1501)}`]) {
    const reading = read(capOf({}, {}, polygons));
    expect(reading).toMatchObject({ ok: true, message: { level: 2 } });
    expect(reading.ok && reading.faults).toHaveLength(1);
  }
});

test('text in GBK is read where it says so, and bytes that are no text are refused', () => {
  const head = Buffer.from('<?xml version="1.0" encoding="GB2312"?>');
  const [before, after] = capOf({}, { headline: '@' })
    .replace('暴雨', 'x')
    .replace('气象台', 'y')
    .replace('江海市', 'z')
    .split('@');
  const gbk = Buffer.concat([
    head,
    Buffer.from(before ?? ''),
    Buffer.from([0xb1, 0xa9, 0xd3, 0xea]),
    Buffer.from(after ?? ''),
  ]);
  expect(read(gbk)).toMatchObject({ message: { title: { zh: '暴雨' } } });
  expect(faultOf(gbk.subarray(head.length))).toMatch(/no text in utf-8/);
});

/** A message with pieces of it moved, doubled, cut or replaced. */
const files = ['chain-2-update.xml', 'cn-province-update.xml', 'two-languages.xml'].map(capFile);
const damaged = fc
  .record({
    file: fc.constantFrom(...files),
    cuts: fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(40),
        fc.oneof(
          fc.uint8Array({ maxLength: 6 }),
          fc.constantFrom('<', '&', '</info>', '<info>', ',', ' ', '9e999').map(Buffer.from),
        ),
      ),
      {
        ...{ minLength: 1, maxLength: 4 },
      },
    ),
  })
  .map(({ file, cuts }) =>
    cuts.reduce<Buffer>((bytes, [at, length, put]) => {
      const from = at % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + length)]);
    }, file),
  );

test('nothing that comes makes it throw, and what is taken fits the ledger (fuzz)', () => {
  fc.assert(
    fc.property(
      fc.oneof({ weight: 4, arbitrary: damaged }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) }),
      (bytes) => {
        const reading = readCap(bytes, OPTIONS, NOW);
        const faults = reading.ok ? reading.faults : [reading.fault];
        expect(
          faults.flatMap(({ message, remedy }) => [message, remedy]).filter((said) => halfSaid(said) !== null),
        ).toEqual([]);
        if (!reading.ok || reading.message === null) return;
        const { references, ...said } = reading.message;
        expect(Said.safeParse(said).error).toBeUndefined();
        expect(references.length).toBeLessThanOrEqual(100);
      },
    ),
    { seed: 20_261_128, numRuns: 3000 },
  );
});
