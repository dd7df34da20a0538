import { describe, expect, test } from 'vitest';
import { FeatureStore, Points } from '../tiling/featureStore.ts';
import { worldX, worldY } from '../tiling/mercator.ts';
import { Labels } from './labels.ts';
import { LineList } from './shapes/lineList.ts';
import type { LabelKind } from './tags/labels.ts';

const at = (lon: number) => ({ x: worldX(lon), y: worldY(31.2) });
const text = (zh: string) => ({ zh, en: zh });
const kind = (name: string): LabelKind => ({ kind: name, rank: 3, minZoom: 11 });

function stored(fill: (labels: Labels, store: FeatureStore) => void): string[] {
  const store = new FeatureStore(new Points());
  const labels = new Labels();
  fill(labels, store);
  labels.store(store);
  return Array.from({ length: store.count }, (_, i) => {
    const set = store.table.sets[store.attributes.at(i)] ?? [];
    const value = (key: string) =>
      store.table.values[set[set.findIndex((k, n) => n % 2 === 0 && store.table.keys[k] === key) + 1] ?? -1];
    return `${value('kind')} ${value('zh')}`;
  });
}

describe('a name', () => {
  test('of a place that is drawn as a point and as an area is written once', () => {
    const all = stored((labels) => {
      labels.add(kind('street'), text('外滩'), at(121.5));
      labels.add(kind('community'), text('外滩'), at(121.501));
      labels.add(kind('station'), text('外滩'), at(121.501));
      labels.add(kind('street'), text('外滩'), at(121.6));
    });
    expect(all).toEqual(['street 外滩', 'station 外滩', 'street 外滩']);
  });

  test('of a division is written where no place has it', () => {
    const all = stored((labels) => {
      labels.add(kind('street'), text('外滩'), at(121.5));
      expect(labels.addUnlessNamed(kind('street'), text('外滩'), at(121.9))).toBe(false);
      expect(labels.addUnlessNamed(kind('street'), text('豫园'), at(121.9))).toBe(true);
    });
    expect(all).toEqual(['street 外滩', 'street 豫园']);
  });
});

describe('the city', () => {
  test('is the largest town where the file has none', () => {
    const all = stored((labels) => {
      labels.add(kind('street'), text('小镇'), at(121.5), 900);
      labels.add(kind('street'), text('大镇'), at(121.6), 90_000);
      labels.add(kind('street'), text('街道'), at(121.7));
    });
    expect(all).toEqual(['street 小镇', 'city 大镇', 'street 街道']);
  });

  test('is itself where it is there', () => {
    const all = stored((labels) => {
      labels.add(kind('street'), text('大镇'), at(121.6), 90_000);
      labels.add(kind('city'), text('城'), at(121.5));
    });
    expect(all).toEqual(['street 大镇', 'city 城']);
  });
});

test('a river is named at its middle, not again nearby, and not where it is a brook', () => {
  const all = stored((labels, store) => {
    const lines = new LineList();
    const style = lines.style({ layer: 'water', attributes: 0, minZoom: 12, river: text('澜江') });
    const river = (from: number, to: number) =>
      lines.add(
        style,
        [from, to].map((lon) => store.points.add(at(lon).x, at(lon).y)),
      );
    river(121.5, 121.52);
    river(121.521, 121.54);
    river(121.7, 121.72);
    river(121.9, 121.901);
    labels.addRivers(store, lines);
  });
  expect(all).toEqual(['river 澜江', 'river 澜江']);
});
