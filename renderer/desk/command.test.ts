import { expect, it } from 'vitest';
import { byRank, type Command } from './command.ts';

const command = (id: string, rank?: 'first' | 'last'): Command => ({
  id,
  kind: '',
  name: id,
  also: '',
  ...(rank && { rank }),
  run: () => undefined,
});

it('lines stand by rank, those of one rank as they came', () => {
  const came = [
    command('unit', 'last'),
    command('acknowledge'),
    command('alarm', 'first'),
    command('wall'),
    command('run', 'first'),
  ];
  expect(byRank(came).map(({ id }) => id)).toEqual(['alarm', 'run', 'acknowledge', 'wall', 'unit']);
});
