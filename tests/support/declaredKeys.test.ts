import { expect, test } from 'vitest';
import { declaredKeys } from './declaredKeys.ts';

test('declared keys are read through spreads, conditions, tables and lists', () => {
  const source = `
    const TABLE = [{ id: 'x', key: 'q' }, { id: 'y', key: 'shift+r' }] as const;
    const PAIRS: readonly (readonly [string, string])[] = [['join', 'j'], ['split', 'm']];
    const key = { scope: 'alarms', unlisted: true } as const;
    useShortcuts([
      { ...key, id: 'alarm.down', keys: ['arrowdown'], run },
      { ...{ id: 'near.close', keys: ['b', 'c'], front: true }, run: () => go({ scope: 'none' }) },
      ...(may ? [{ id: 'wall', keys: [back ? 'w' : 'shift+w'], run }] : []),
      ...TABLE.map(({ id, key }) => ({ id: \`run.\${id}\`, keys: [key], scope: 'plan', run })),
      ...PAIRS.map(([deed, key]) => ({ ...{ id: \`deed.\${deed}\`, keys: [key] }, run })),
      ...LEVELS.map((level) => ({ ...{ ...key, id: \`level-\${level}\`, keys: [String(level)] }, run })),
    ]);`;
  expect(declaredKeys(source, { tsx: false, imported: { LEVELS: [1, 2] } })).toEqual([
    { id: 'alarm.down', keys: ['arrowdown'], scope: 'alarms', front: false },
    { id: 'near.close', keys: ['b', 'c'], scope: 'everywhere', front: true },
    { id: 'wall', keys: ['w', 'shift+w'], scope: 'everywhere', front: false },
    { id: 'run.*', keys: ['q', 'shift+r'], scope: 'plan', front: false },
    { id: 'deed.*', keys: ['j', 'm'], scope: 'everywhere', front: false },
    { id: 'level-*', keys: ['1', '2'], scope: 'alarms', front: false },
  ]);
});
