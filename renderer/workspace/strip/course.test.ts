import { expect, it } from 'vitest';
import { courseWord } from './course.ts';

it('a drill that was opened is ready, to a seat that may start it and to others, and on only once it was started', () => {
  expect([courseWord({ state: 'ready' }, true), courseWord({ state: 'ready' }, false)]).toEqual([
    'ready',
    'ready-others',
  ]);
  expect([courseWord({ state: 'running' }, false), courseWord({ state: 'ended' }, true)]).toEqual(['running', 'ended']);
  expect(courseWord(null, true)).toBeNull();
});
