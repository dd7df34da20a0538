import { describe, expect, it } from 'vitest';
import { createFindIndex, type Findable, type FindKind } from './find.ts';

const thing = (kind: Findable['kind'], id: string, zh: string, en: string): Findable => ({
  kind,
  id,
  zh,
  en,
  at: null,
});

const KINDS: ReadonlyMap<string, FindKind> = new Map(
  ['place', 'road', 'camera', 'unit', 'grid'].map((kind, i) => [
    kind,
    { kind, order: i + 1, label: kind, icon: () => null, zoom: 15, selects: 'place' },
  ]),
);

const index = createFindIndex(
  [
    thing('road', 'r1', '滨河路', 'Binhe Road'),
    thing('place', 'binhe-underpass', '滨河路下穿', 'Binhe Road underpass'),
    thing('camera', 'CAM-001', '滨河路下穿东引道', 'Binhe Road underpass, east approach'),
    thing('road', 'r2', '新滨河路', 'New Binhe Road'),
    thing('unit', 'FIRE-T001', '消防001', '消防001'),
    thing('grid', '339900001001002', '339900001001002', '339900001001002'),
  ],
  KINDS,
);

describe('finding', () => {
  it('puts the whole name first, then beginnings, then the middle of names', () => {
    expect(index.find('滨河路', 9).map((t) => t.id)).toEqual(['r1', 'binhe-underpass', 'CAM-001', 'r2']);
  });

  it('finds by English words in any order and by code, whatever the case or width', () => {
    expect(index.find('underpass binhe', 9).map((t) => t.id)).toEqual(['binhe-underpass', 'CAM-001']);
    expect(index.find('ｃａｍ－００１', 9).map((t) => t.id)).toEqual(['CAM-001']);
    expect(index.find('fire-t001', 9).map((t) => t.id)).toEqual(['FIRE-T001']);
    expect(index.find('3399000010', 9).map((t) => t.id)).toEqual(['339900001001002']);
  });

  it('finds nothing for nothing', () => {
    expect(index.find('  ', 9)).toEqual([]);
    expect(index.find('火星', 9)).toEqual([]);
    expect(index.find('滨河', 2)).toHaveLength(2);
  });

  it('takes what somebody else found for what was typed, after names that begin so', () => {
    const found: Findable[] = [
      { kind: 'place', id: 'x', zh: '滨河路与环城路路口', en: 'x', at: null, foundBy: 'ＢＨＬ' },
      { kind: 'place', id: 'bhl-7', zh: '七', en: 'seven', at: null },
    ];
    expect(
      createFindIndex(found, new Map())
        .find('bhl', 5)
        .map(({ id }) => id),
    ).toEqual(['bhl-7', 'x']);
    expect(
      createFindIndex(found, new Map())
        .find('bh', 5)
        .map(({ id }) => id),
    ).toEqual(['bhl-7']);
  });
});
