import { describe, expect, it } from 'vitest';
import { firstChoice, launchPress, movedChoice } from './launchChoice.ts';

const fits = { fits: true, running: false };
const unfit = { fits: false, running: false };
const runs = { fits: false, running: true };

describe('plans on offer', () => {
  it('have the first that fits chosen, and none where none fits', () => {
    expect(firstChoice([fits, unfit])).toBe(0);
    expect(firstChoice([unfit, fits])).toBe(1);
    expect(firstChoice([unfit, runs])).toBeNull();
    expect(firstChoice([])).toBeNull();
  });

  it('are chosen by arrows, from none the first, and never beyond the ends', () => {
    expect([movedChoice(3, null, 1), movedChoice(3, null, -1)]).toEqual([0, 0]);
    expect([movedChoice(3, 0, 1), movedChoice(3, 0, -1), movedChoice(3, 2, 1)]).toEqual([1, 0, 2]);
    expect(movedChoice(0, null, 1)).toBeNull();
  });

  it('are launched by one press where they fit, by a second where they do not, and not at all while they run', () => {
    expect(launchPress(undefined, false)).toBe('none-chosen');
    expect([launchPress(fits, false), launchPress(unfit, false), launchPress(unfit, true)]).toEqual([
      'launch',
      'ask',
      'launch',
    ]);
    expect(launchPress(runs, true)).toBe('runs-already');
  });
});
