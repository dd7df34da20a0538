import { describe, expect, test } from 'vitest';
import { DELTA, KEY, videoRig } from '../../tests/fakes/videoRig.ts';
import type { CameraHealth } from './health.ts';
import type { WhichStream } from './output.ts';
import { createSizedVideo } from './sized.ts';

const SETTLE_MS = 5_000;
/** Of tiles; the pictures that are shown are 640 wide once they come. */
const [SMALL, BETWEEN, LARGE] = [640, 900, 1025];

/** Cameras over a scripted ffmpeg; A has a smaller stream, B has none. */
function rig() {
  const { clock, started, service } = videoRig({
    source: (id, which) => (id === 'A' || which === 'main' ? { url: `${which}:${id}` } : undefined),
  });
  const { watch } = createSizedVideo({ video: service, hasSub: (id) => id === 'A', clock });
  const running = () => started.filter(({ stopped }) => !stopped).map(({ source }) => source.url);
  const of = (which: WhichStream) => {
    const found = started.findLast(({ source }) => source.url.startsWith(which));
    if (!found) throw new Error(`${which} was not started`);
    return found;
  };
  function window(width: number | undefined, id = 'A') {
    const seen: boolean[] = [];
    const states: CameraHealth[] = [];
    const handle = watch(
      id,
      { mode: 'auto', ...(width === undefined ? {} : { width }) },
      {
        packet(_packet, key) {
          seen.push(key);
          return true;
        },
        state: (health) => states.push(health),
      },
    );
    return { ...handle, seen, states };
  }
  /** A whole picture is sent once the next begins. */
  const show = (which: WhichStream) => of(which).send(...KEY, ...DELTA, ...DELTA);
  return { clock, running, window, of, show, service };
}

describe('a camera with a smaller stream', () => {
  test('is played by that one while every window shows it small, and by its main one at once when somebody looks large', async () => {
    const { clock, running, window, show, service } = rig();
    const small = window(SMALL);
    expect(running()).toEqual(['sub:A']);
    show('sub');
    expect(small.seen).toEqual([true, false]);
    const large = window(LARGE);
    // It sees at once what the others see, until there is more.
    expect(large.seen).toEqual([true, false]);
    expect(running()).toEqual(['sub:A', 'main:A']);
    show('sub');
    expect([small.seen.length, large.seen.length]).toEqual([5, 5]);
    show('main');
    expect([small.seen.slice(5), large.seen.slice(5)]).toEqual([
      [true, false],
      [true, false],
    ]);
    await clock.advance(5_000);
    expect(running()).toEqual(['main:A']);
    expect(service.health()).toMatchObject([{ cameraId: 'A', state: 'stale', watchers: 2 }]);
  });

  test('goes back to it only when all have been small for a while, and who pages on meanwhile starts nothing', async () => {
    const { clock, running, window, show } = rig();
    const small = window(SMALL);
    const large = window(LARGE);
    show('main');
    await clock.advance(5_000);
    large.stop();
    await clock.advance(SETTLE_MS - 1);
    expect(running()).toEqual(['main:A']);
    const again = window(LARGE);
    again.stop();
    await clock.advance(SETTLE_MS - 1);
    expect(running()).toEqual(['main:A']);
    await clock.advance(1);
    expect(running()).toEqual(['main:A', 'sub:A']);
    const before = small.seen.length;
    show('main');
    expect(small.seen.length).toBeGreaterThan(before);
    const kept = small.seen.length;
    show('sub');
    expect(small.seen.slice(kept)).toEqual([true, false]);
    small.stop();
    await clock.advance(60_000);
    expect([running(), clock.pending]).toEqual([[], 0]);
  });

  test('stays as it is between the two widths, whichever it was', async () => {
    const first = rig();
    first.window(SMALL);
    first.show('sub');
    await first.clock.advance(0);
    first.window(BETWEEN);
    expect(first.running()).toEqual(['sub:A']);
    const second = rig();
    const large = second.window(LARGE);
    second.window(BETWEEN);
    large.stop();
    await second.clock.advance(6_000);
    expect(second.running()).toEqual(['main:A']);
  });

  test('is held against the tiles by the size of its pictures, once that is known', async () => {
    const { clock, running, window, show } = rig();
    const before = window(700);
    expect(running()).toEqual(['main:A']);
    before.stop();
    const small = window(SMALL);
    show('sub');
    small.stop();
    await clock.advance(60_000);
    window(700);
    expect(running()).toEqual(['sub:A']);
  });

  test('that does not come is played by its main one, which is not asked for twice', async () => {
    const { clock, running, window, of, show } = rig();
    const small = window(SMALL);
    of('sub').handlers.ended({ code: 'not-found', detail: '404' });
    await clock.advance(0);
    expect(running()).toContain('main:A');
    show('main');
    expect(small.seen).toEqual([true, false]);
    expect(small.states.at(-1)?.state).toBe('live');
    const goOn = async (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        show('main');
        await clock.advance(1_000);
      }
    };
    await goOn(55);
    expect(running()).toEqual(['main:A']);
    await goOn(15);
    expect(running()).toEqual(['main:A', 'sub:A']);
  });
});

test('a camera without one, and a window that says no width, has the main one', () => {
  const { running, window } = rig();
  window(SMALL, 'B');
  window(undefined, 'A');
  expect(running()).toEqual(['main:B', 'main:A']);
});
