import { expect, test } from 'vitest';
import { ContractError } from '../../contract/errors.ts';
import type { HallClient, QueryState } from '../../contract/wire/hallClient.ts';
import { createDirectories } from './directories.ts';

type State = QueryState<'units.directory'>;
const unit = (id: string) => ({ id, callSign: id, department: 'fire', kind: 'engine' });
const page = (more: string | null, ...ids: string[]): State => ({
  ...{ rows: ids.map(unit), total: { count: 9, exact: true }, more, fresh: true, error: null },
});
const failed = (code: 'busy' | 'forbidden'): State => ({
  ...{ rows: null, total: { count: 0, exact: true }, more: null, fresh: false, error: new ContractError(code, code) },
});

/** A client that answers by hand. */
function rig() {
  const asked: { after: string | undefined; say(state: State): void; open: boolean }[] = [];
  let welcome = {};
  const client = {
    welcome: () => welcome,
    query(_name: string, { after }: { after?: string }, say: (state: State) => void) {
      const one = { after, say, open: true };
      asked.push(one);
      return () => {
        one.open = false;
      };
    },
  };
  const directories = createDirectories(client as unknown as HallClient);
  return {
    every: () => directories.every('units.directory'),
    asked,
    reconnect() {
      welcome = {};
    },
  };
}

test('a directory is read page by page, once for all who ask, and again on another connection', async () => {
  const { every, asked, reconnect } = rig();
  const [one, other] = [every(), every()];
  asked[0]?.say(page('u2', 'u1', 'u2'));
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.say(failed('busy'));
  asked[1]?.say(page(null, 'u3'));
  expect((await one).map(({ id }) => id)).toEqual(['u1', 'u2', 'u3']);
  expect(await other).toBe(await one);
  expect(await every()).toBe(await one);
  expect(asked.map(({ after, open }) => [after, open])).toEqual([
    [undefined, false],
    ['u2', false],
  ]);
  reconnect();
  const again = every();
  asked[2]?.say(page(null, 'u9'));
  expect((await again).map(({ id }) => id)).toEqual(['u9']);
});

test('one that the hall refuses is tried again when somebody asks again', async () => {
  const { every, asked } = rig();
  const refused = every();
  asked[0]?.say(failed('forbidden'));
  await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  const again = every();
  asked[1]?.say(page(null, 'u1'));
  expect(await again).toHaveLength(1);
});
