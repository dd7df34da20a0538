import { describe, expect, it } from 'vitest';
import { screensOf, targetOf } from './wallDesk.ts';

describe('the screen that a push goes to', () => {
  const all = screensOf(['wall-2', 'wall-3'], ['wall-1', 'wall-2']);

  it('is one of those that are open or show something, each once', () => {
    expect(all).toEqual(['wall-1', 'wall-2', 'wall-3']);
  });

  it('is the first that is open here, before one that only another station may have', () => {
    expect(targetOf(null, new Set(['wall-2', 'wall-3']), all)).toBe('wall-2');
    expect(targetOf(null, new Set(), all)).toBe('wall-1');
  });

  it('is the one last used as long as it is there', () => {
    expect(targetOf('wall-3', new Set(['wall-2']), all)).toBe('wall-3');
    expect(targetOf('gone', new Set(['wall-2']), all)).toBe('wall-2');
  });

  it('is none where there is no wall', () => {
    expect(targetOf('gone', new Set(), [])).toBeNull();
  });
});
