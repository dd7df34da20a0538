import { describe, expect, it } from 'vitest';
import { componentPoints, registerPoints } from './cityPoints.ts';

describe('components', () => {
  it('carry their 16-digit identifier', () => {
    const table = {
      categories: [{ code: '0120', zh: '路灯', en: 'Street lamp', department: 'urban' }],
      cells: ['339900001001001'],
      lon: [121.9],
      lat: [29.1],
      category: [0],
      cell: [0],
      seq: [7],
    };
    expect(componentPoints(table, '339900', 'en').features[0]?.properties).toEqual({
      id: '3399000120000007',
      look: 'component-01',
      title: 'Street lamp',
    });
  });

  it('of a register are drawn once each, by the class that their code says', () => {
    const row = (id: string, kind: string) => ({
      id,
      kind,
      name: { zh: '树', en: 'Tree' },
      owner: '',
      lon: 121.4,
      lat: 31.2,
    });
    const { features } = registerPoints(
      [row('A', '0402'), row('A', '0402'), row('B', '0999'), row('C', '路灯')],
      'zh-CN',
    );
    expect(features.map(({ properties: { id, look, title } }) => [id, look, title])).toEqual([
      ['A', 'component-04', '树'],
      ['B', 'component-05', '树'],
      ['C', 'component-05', '树'],
    ]);
  });
});
