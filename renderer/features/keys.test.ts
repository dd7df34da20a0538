import { describe, expect, it } from 'vitest';
import { declaredKeys } from '../../tests/support/declaredKeys.ts';
import { KEY_NAMES } from '../ui/keyNames.ts';
import { STARS } from './plans/rating.ts';
import { STEP_KEYS } from './plans/stepActions.ts';

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Two that share a key and are never there at once, and why. */
const NEVER_TOGETHER: readonly (readonly [string, string, string])[] = [
  ['incidents.new', 'task.note.*', 'a department, whose seat alone has task cards, opens no incidents'],
  ['near.less', 'log.before', 'the duty log has a window of its own, without a detail'],
  ['near.more', 'log.after', 'the duty log has a window of its own, without a detail'],
  ['alarm.*', 'alarm.past-*', 'past alarms stand in the place of the queue'],
  ['run.stars.*', 'step.option.*', 'a run is rated once it has ended, and then no decision is left in it'],
  ['video-*', 'steer.preset-*', 'digits are presets while a camera is in hand, and the number of pictures otherwise'],
  ['search', 'map.search', 'the same, by the map where there is one'],
];
const like = (pattern: string, id: string) =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : pattern === id;
const known = (a: string, b: string) =>
  NEVER_TOGETHER.some(([one, other]) => (like(one, a) && like(other, b)) || (like(other, a) && like(one, b)));

/** A letter, digit or sign; Enter, Escape, arrows and the like act on what has the focus or stands in front. */
const PRINTED = /^(shift\+)?.$/u;

describe('keys of the windows', () => {
  const declared = Object.entries(sources).flatMap(([file, source]) =>
    declaredKeys(source, {
      tsx: file.endsWith('x'),
      imported: { STEP_KEYS: Object.values(STEP_KEYS), LEVELS: [1, 2, 3, 4], STARS },
    }),
  );

  it('are read from what declares them', () => {
    const read = declared.map(({ id, keys }) => `${id} ${keys.join()}`);
    const some = [
      'run.* e,q,p,shift+r',
      'step.*.* a,s,f,x',
      'incidents.* j,m,m,o,o',
      'video-* 1,4,9',
      'layout v',
      'run.stars.* 1,2,3,4,5',
    ];
    expect(read).toEqual(expect.arrayContaining(some));
    expect(declared.filter(({ id }) => id === '')).toEqual([]);
  });

  it('stand on their caps as on a keyboard, and not by their name in the registry', () => {
    const named = declared.flatMap(({ keys }) => keys.flatMap((key) => (key === '+' ? [] : key.split('+'))));
    expect(named).toContain('backspace');
    expect(named.filter((part) => part.length > 1 && !part.includes('*') && KEY_NAMES[part] === undefined)).toEqual([]);
  });

  it('have one meaning wherever the focus is', () => {
    const printed = declared.flatMap(({ keys, ...each }) =>
      keys.filter((key) => PRINTED.test(key)).map((key) => ({ ...each, key })),
    );
    const clashes = printed.flatMap((a, i) =>
      printed
        .slice(i + 1)
        .filter((b) => a.key === b.key && a.id !== b.id && !known(a.id, b.id))
        .filter((b) => a.scope === b.scope || [a.scope, b.scope].includes('everywhere'))
        .map((b) => `${a.key}: ${a.id} in ${a.scope}, ${b.id} in ${b.scope}`),
    );
    expect(clashes).toEqual([]);
  });
});
