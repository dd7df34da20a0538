import { describe, expect, it } from 'vitest';
import { gridCity } from '../../tests/fakes/gridCity.ts';
import { ROAD_SPEEDS } from './roads.ts';
import { createRoadTimes } from './roadTimes.ts';

const STEP = 0.002;
const at = (x: number, y: number) => ({ lon: 121.9 + x * STEP, lat: 29.2 + y * STEP });
const { graph } = gridCity(9, 0);

describe('ways over the roads', () => {
  it('take the quick roads, and say how far those are', () => {
    const way = createRoadTimes(graph).to(at(0, 0)).from(at(8, 8));
    const metres = graph.edges.reduce((sum, [a, b, length]) => (a < 9 && b === a + 1 ? sum + length : sum), 0);
    // Eight blocks east and eight north, all on arterials.
    const north = graph.edges.find(([a, b]) => a === 0 && b === 9)?.[2] ?? 0;
    expect(way.by).toBe('road');
    expect(way.metres).toBeCloseTo(metres + 8 * north, 0);
    expect(way.seconds).toBeCloseTo(way.metres / ROAD_SPEEDS.arterial, 0);
  });

  it('are as long from either end', () => {
    const times = createRoadTimes(graph);
    const there = times.to(at(1, 1)).from(at(6, 3)).seconds;
    expect(times.to(at(6, 3)).from(at(1, 1)).seconds).toBeCloseTo(there, 6);
  });

  it('are straight where the hall knows of no roads, and say so', () => {
    const nowhere = createRoadTimes({ classes: [], names: [], nodes: [], edges: [], bends: [] });
    const way = nowhere.to(at(0, 0)).from(at(5, 0));
    expect(way.by).toBe('straight');
    expect(way.seconds).toBeCloseTo(way.metres / 6, 6);
  });
});
