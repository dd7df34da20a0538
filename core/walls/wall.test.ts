import { describe, expect, test } from 'vitest';
import { PaperStation } from '../../tests/fakes/fold.ts';
import { clearScreen, showScene, type Wall, type WallScene, wallAggregate } from './wall.ts';

const scene = (part: Partial<WallScene> = {}): WallScene => ({ scene: 'plan', selection: null, cameras: [], ...part });
const show =
  (part: Partial<WallScene>, actor = 'duty') =>
  () =>
    showScene('north', scene(part), actor);
const clear = (wall: Wall) => clearScreen(wall, 'deputy');
const station = (name: string) => new PaperStation<Wall>(name, wallAggregate, 'wall:north');
const fits = (body: unknown) => wallAggregate.events['wall.scene-shown']?.body.safeParse(body).success;

describe('a screen of the wall', () => {
  test('W1 shows what was pushed last, and who pushed it, at two stations that were apart too', () => {
    const [a, b] = [station('A'), station('B')];
    a.do(show({ scene: 'plan' }));
    b.now += 1000;
    b.do(show({ scene: 'video' }, 'commander'));
    a.meet(b);
    for (const { state } of [a, b])
      expect(state).toMatchObject({ screen: 'north', scene: { scene: 'video' }, by: { station: 'B' } });
  });

  test('W2 shows nothing once it was cleared, and clearing it again is nothing that happened', () => {
    const a = station('A');
    expect(a.do(clear)).toEqual([]);
    a.do(show({}));
    expect(a.do(clear)).toEqual(['wall.cleared']);
    expect(a.state.scene).toBeNull();
    expect(a.do(clear)).toEqual([]);
  });

  test('W3 takes any name that a feature may declare, and nothing else', () => {
    expect(fits(scene({ scene: 'notes', selection: { kind: 'note', id: '1', at: null } }))).toBe(true);
    expect(fits(scene({ scene: '<b>' }))).toBe(false);
    expect(fits(scene({ selection: { kind: 'No kind', id: '1', at: null } }))).toBe(false);
  });

  test('W4 takes a view of the map that there can be', () => {
    expect(fits(scene({ view: { lon: 121.9, lat: 29.2, zoom: 15.5 } }))).toBe(true);
    expect(fits(scene({ view: { lon: 121.9, lat: 29.2, zoom: 99 } }))).toBe(false);
  });
});
