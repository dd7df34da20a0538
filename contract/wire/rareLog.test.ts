import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createRareLog } from './rareLog.ts';

function rig(keep?: number) {
  const clock = createFakeClock();
  const lines: object[] = [];
  const rare = createRareLog({ clock, ...(keep === undefined ? {} : { keep }) });
  const say = (cause: string, from: string, path = '/') =>
    rare.say(cause, from, (fields) => void lines.push(fields), { from, path }, 'refused');
  return { clock, lines, rare, say };
}

describe('L7 lines that anybody can cause', () => {
  it('says the first at once, and the rest of its minute as one line with their number', async () => {
    const { clock, lines, say } = rig();
    for (let i = 0; i < 4000; i++) say('token', '10.0.0.1', `/${i}`);
    expect(lines).toEqual([{ from: '10.0.0.1', path: '/0' }]);
    await clock.advance(60_000);
    expect(lines).toEqual([
      { from: '10.0.0.1', path: '/0' },
      { from: '10.0.0.1', path: '/3999', times: 3999 },
    ]);
    await clock.advance(120_000);
    expect(lines).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('tells causes and addresses apart, up to a number of them', () => {
    const { lines, say, rare } = rig(3);
    say('token', 'a');
    say('token', 'b');
    say('path', 'a');
    for (let i = 0; i < 1000; i++) say('token', `forged-${i}`);
    expect(lines).toHaveLength(4);
    rare.close();
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toMatchObject({ times: 999 });
  });
});
