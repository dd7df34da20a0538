import { describe, expect, it } from 'vitest';
import { destination, distanceM } from './geo.ts';
import { alongEdge, edgeLine, edgesByNode, nearestNode, type RoadGraph } from './roads.ts';

const a = { lon: 121.95, lat: 29.18 };
const corner = destination(a, 90, 100);
const b = destination(corner, 0, 100);
const graph: RoadGraph = {
  classes: ['local'],
  names: [{ zh: '兰亭街', en: 'Lanting Street' }],
  nodes: [
    [a.lon, a.lat],
    [b.lon, b.lat],
  ],
  edges: [[0, 1, 200, 0, 0]],
  bends: [[corner.lon, corner.lat]],
};

describe('the road graph', () => {
  it('gives the line of an edge with its bends', () => {
    expect(edgeLine(graph, 0)).toHaveLength(3);
    expect(() => edgeLine(graph, 9)).toThrow('has no edge 9; it has 1');
  });

  it('walks along an edge, round its bend, and stays at its end', () => {
    const half = alongEdge(graph, 0, 50);
    expect(distanceM(a, half)).toBeCloseTo(50, 1);
    expect(half.bearing).toBeCloseTo(90, 1);
    const after = alongEdge(graph, 0, 150);
    expect(distanceM(corner, after)).toBeCloseTo(50, 1);
    expect(Math.min(after.bearing, 360 - after.bearing)).toBeLessThan(0.1);
    expect(distanceM(b, alongEdge(graph, 0, 9999))).toBeLessThan(0.5);
  });

  it('walks the other way', () => {
    const back = alongEdge(graph, 0, 30, true);
    expect(distanceM(b, back)).toBeCloseTo(30, 1);
    expect(back.bearing).toBeCloseTo(180, 1);
  });

  it('knows the edges of a node and the node nearest to a place', () => {
    expect(edgesByNode(graph)).toEqual([[0], [0]]);
    expect(nearestNode(graph, destination(b, 45, 40))).toBe(1);
    expect(nearestNode({ ...graph, nodes: [] }, a)).toBe(-1);
  });
});
