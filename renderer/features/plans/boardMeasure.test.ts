import { describe, expect, it } from 'vitest';
import { measure } from './boardMeasure.ts';
import type { BoardLayout } from './layout.ts';

const layout = { columns: 8, slots: [1, 2, 1, 2, 1, 1] } as unknown as BoardLayout;

describe('a board', () => {
  it.each([
    ['full HD', { width: 948, height: 430 }],
    ['a screen that stands upright', { width: 533, height: 900 }],
    ['a large room', { width: 3000, height: 2000 }],
  ])('on a wall fills %s and leaves nothing out', (_, room) => {
    const { width, height, zoom } = measure(layout, room, true);
    expect(width * zoom).toBeCloseTo(room.width, 0);
    expect(height * zoom).toBeCloseTo(room.height - 2 * zoom, 0);
  });

  it('on a wall keeps room for two lines of a title, however small it is drawn', () => {
    expect(measure(layout, { width: 948, height: 200 }, true)).toMatchObject({ cardHeight: 62 });
  });

  it('at a desk is as large as it is read well, and is scrolled where that does not fit', () => {
    expect(measure(layout, { width: 600, height: 200 })).toMatchObject({ cardWidth: 124, cardHeight: 39, zoom: 1 });
    expect(measure(layout, { width: 9000, height: 9000 })).toMatchObject({ cardWidth: 230, cardHeight: 104, zoom: 1 });
  });

  it('that has no room yet is drawn as it is', () => {
    expect(measure(layout, { width: 0, height: 0 }, true).zoom).toBe(1);
  });
});
