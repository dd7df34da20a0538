import { describe, expect, it } from 'vitest';
import { componentPoints } from './cityPoints.ts';

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
      kind: '0120',
      title: 'Street lamp',
    });
  });
});
