import { describe, expect, test } from 'vitest';
import { distanceM } from '../../../../core/places/geo.ts';
import { edgeLine, type RoadClass } from '../../../../core/places/roads.ts';
import { Points } from '../../tiling/featureStore.ts';
import { worldX, worldY } from '../../tiling/mercator.ts';
import { joinLines } from './joinLines.ts';
import { LineList } from './lineList.ts';
import { roadGraphOf } from './roadGraph.ts';

/** Places by letter on a grid of about 100 m: column and row. */
const GRID: Readonly<Record<string, [number, number]>> = {
  ...{ a: [0, 0], b: [1, 0], c: [2, 0], d: [3, 0], e: [4, 0] },
  ...{ f: [2, 1], g: [2, 2], h: [2, -1], i: [1, 2], x: [8, 8], y: [9, 8], z: [9, 9] },
};

function made(roads: readonly [string, string, RoadClass?, boolean?][]) {
  const points = new Points();
  const at = new Map(
    Object.entries(GRID).map(([letter, [x, y]]) => [
      letter,
      points.add(worldX(121.5 + x * 0.001), worldY(31.2 + y * 0.001)),
    ]),
  );
  const letters = new Map([...at].map(([letter, point]) => [point, letter]));
  const lines = new LineList();
  const numbers = new Map<string, number>();
  for (const [line, name, of = 'local', isDriven = true] of roads) {
    const key = `${name} ${of}`;
    const attributes = numbers.get(key) ?? numbers.size;
    numbers.set(key, attributes);
    const road = isDriven ? { road: { class: of, name: name === '' ? null : { zh: name, en: name } } } : {};
    lines.add(
      lines.style({ layer: 'roads', attributes, minZoom: 12, ...road }),
      [...line].map((l) => at.get(l) ?? -1),
    );
  }
  const joined = joinLines(points, lines);
  const drawn = Array.from({ length: joined.count }, (_, i) =>
    [...joined.line(i)].map((p) => letters.get(p)).join(''),
  ).sort();
  const { graph, apart } = roadGraphOf(points, joined);
  const letterOf = ([lon, lat]: readonly [number, number]) =>
    Object.entries(GRID).find(
      ([, [x, y]]) => Math.abs(lon - 121.5 - x * 0.001) < 1e-5 && Math.abs(lat - 31.2 - y * 0.001) < 1e-5,
    )?.[0];
  const edges = graph.edges.map(([a, b, metres, of, name]) => {
    const ends = [graph.nodes[a], graph.nodes[b]].map((node) => (node ? letterOf(node) : '?')).sort();
    return { ends: ends.join(''), metres, class: graph.classes[of], name: graph.names[name]?.zh };
  });
  return { graph, apart, drawn, edges: edges.sort((p, q) => (p.ends < q.ends ? -1 : 1)) };
}

describe('pieces of one road are one line', () => {
  test('whichever way each was drawn', () => {
    expect(
      made([
        ['ab', '长街'],
        ['dcb', '长街'],
        ['de', '长街'],
      ]).drawn,
    ).toEqual(['abcde']);
  });

  test('but not those of another name or class', () => {
    expect(
      made([
        ['ab', '长街'],
        ['bc', '短街'],
        ['cd', '短街', 'arterial'],
      ]).drawn,
    ).toEqual(['ab', 'bc', 'cd']);
  });

  test('where three meet, those go on that lie straight', () => {
    expect(
      made([
        ['abc', '长街'],
        ['cde', '长街'],
        ['cfg', '长街'],
      ]).drawn,
    ).toEqual(['abcde', 'cfg']);
  });

  test('where three meet and all turn, none goes on', () => {
    expect(
      made([
        ['bc', '长街'],
        ['cf', '长街'],
        ['ci', '长街'],
      ]).drawn,
    ).toEqual(['bc', 'cf', 'ci']);
  });

  test('a circle is one line and ends', () => {
    expect(
      made([
        ['abc', '环路'],
        ['cfg', '环路'],
        ['gia', '环路'],
      ]).drawn,
    ).toHaveLength(1);
  });
});

describe('the graph', () => {
  test('has edges from junction to junction, with bends between them', () => {
    const { edges, graph } = made([
      ['abcde', '长街'],
      ['hcfgi', '横路'],
    ]);
    expect(edges.map(({ ends, name }) => `${ends} ${name}`)).toEqual(['ac 长街', 'ce 长街', 'ch 横路', 'ci 横路']);
    const bent = graph.bends.filter((bends) => bends.length > 0);
    // From c over g to i; points on a straight line are no bends.
    expect(bent).toHaveLength(1);
    expect(bent[0]).toHaveLength(2);
  });

  test('has the length of every edge, bends included', () => {
    const { graph } = made([
      ['abcde', '长街'],
      ['hcfgi', '横路'],
    ]);
    graph.edges.forEach(([, , metres], edge) => {
      const line = edgeLine(graph, edge);
      const length = line.slice(1).reduce((sum, point, i) => sum + distanceM(line[i] ?? point, point), 0);
      expect(metres).toBeCloseTo(length, -0.5);
    });
  });

  test('joins a road that was drawn in pieces without a node between them', () => {
    expect(
      made([
        ['ab', '长街'],
        ['bc', '长街'],
      ]).edges.map(({ ends }) => ends),
    ).toEqual(['ac']);
  });

  test('tells the class and the name of every edge; a road without one has none', () => {
    const { edges, graph } = made([
      ['abc', '长街', 'arterial'],
      ['cde', '', 'service'],
    ]);
    expect(edges).toEqual([
      { ends: 'ac', metres: expect.any(Number), class: 'arterial', name: '长街' },
      { ends: 'ce', metres: expect.any(Number), class: 'service', name: undefined },
    ]);
    expect(graph.names).toEqual([{ zh: '长街', en: '长街' }]);
  });

  test('is the largest connected part', () => {
    const { edges, apart, graph } = made([
      ['xyz', '孤路'],
      ['abcde', '长街'],
      ['cf', '横路'],
    ]);
    expect([edges.length, apart]).toEqual([3, 1]);
    expect(graph.names.map(({ zh }) => zh)).not.toContain('孤路');
  });

  test('has no way on foot', () => {
    const { edges } = made([
      ['abc', '长街'],
      ['cfg', '步行街', 'service', false],
    ]);
    expect(edges.map(({ ends }) => ends)).toEqual(['ac']);
  });

  test('of no roads is empty', () => {
    expect(made([]).graph).toMatchObject({ nodes: [], edges: [], bends: [] });
  });
});
