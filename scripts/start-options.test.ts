import { expect, test } from 'vitest';
import { readStartOptions } from './start-options.ts';

test('options reach the hall as they were given', () => {
  const options = readStartOptions(['--headless', '--port', '18787', '--data=/srv/hall', '--lang', 'zh-CN']);
  expect(options).toEqual({
    help: false,
    headless: true,
    hall: ['--port=18787', '--data=/srv/hall', '--lang=zh-CN'],
  });
});

test.each([
  [['--head'], 'There is no option --head.'],
  [['drill'], '"drill" is not an option.'],
  [['--port'], '--port needs a value.'],
  [['--port', '99999'], '--port is a whole number from 0 to 65535, not "99999".'],
  [['--profile', 'drill'], 'There is no option --profile.'],
  [['--lang', 'zh'], '--lang is zh-CN or en, not "zh".'],
])('%j is refused with the list of options', (args, sentence) => {
  expect(() => readStartOptions(args)).toThrow(sentence);
  expect(() => readStartOptions(args)).toThrow('--listen ADDR');
});
