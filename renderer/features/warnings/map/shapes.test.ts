import { expect, test } from 'vitest';
import type { WarningShape } from '../../../../contract/features/warnings.ts';
import { warnedAreas, warnedMiddles } from './shapes.ts';

const triangle: [number, number][] = [
  [121.8, 29.1],
  [121.9, 29.1],
  [121.9, 29.2],
  [121.8, 29.1],
];
const shape = (id: string, level: 1 | 2 | 3 | 4, more: Partial<WarningShape> = {}): WarningShape => ({
  ...{ id, level, title: { zh: `${id}预警`, en: `${id} warning` }, at: { lon: 121.85, lat: 29.15 } },
  ...{ polygons: [triangle], circles: [], ...more },
});

test('the worst lies over the milder, the chosen one over all; a point has no area', () => {
  const circles: WarningShape['circles'] = [
    { at: [121.9, 29.1], radius: 2500 },
    { at: [121.9, 29.1], radius: 0 },
  ];
  const shapes = [shape('a', 1), shape('b', 4, { circles }), shape('c', 2)];
  const { features } = warnedAreas(shapes, 'b');
  expect(features.map(({ properties }) => `${properties.id} ${properties.chosen}`)).toEqual([
    'c false',
    'a false',
    'b true',
    'b true',
  ]);
});

test('each is named once, by numeral and words of the window', () => {
  const { features } = warnedMiddles([shape('a', 1), shape('b', 4)], ({ en }) => en);
  expect(features.map(({ properties }) => properties.label)).toEqual(['I a warning', 'IV b warning']);
});
