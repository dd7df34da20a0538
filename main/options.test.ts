import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadOption, readHallArguments } from './options.ts';

describe('the hall’s options', () => {
  test('without any: loopback, the drill, a folder of its own a profile', () => {
    expect(readHallArguments([])).toEqual({
      ...{ port: 18787, data: join(homedir(), '.opshall', 'drill'), profile: 'drill', lang: 'zh-CN' },
      ...{ listen: '127.0.0.1', station: 'A', hub: undefined, drillAfter: 20, drill: undefined },
    });
    expect(readHallArguments(['--profile', 'empty']).data).toBe(join(homedir(), '.opshall', 'empty'));
  });

  test('all of them', () => {
    const argv = '--port 0 --data d --profile empty --lang en --listen 0.0.0.0 --station hall-2 --drill x.yaml'.split(
      ' ',
    );
    expect(readHallArguments([...argv, '--hub', 'ws://h:1/hub', '--drill-after', 'never'])).toEqual({
      ...{ port: 0, data: resolve('d'), profile: 'empty', lang: 'en', listen: '0.0.0.0', station: 'hall-2' },
      ...{ hub: 'ws://h:1/hub', drillAfter: undefined, drill: resolve('x.yaml') },
    });
    expect(readHallArguments(['--drill-after=0']).drillAfter).toBe(0);
  });

  test.each([
    ['--port 65536', '--port is a whole number from 0 to 65535, not "65536".'],
    ['--port 80.5', '--port is a whole number from 0 to 65535, not "80.5".'],
    ['--port 1e3', '--port is a whole number from 0 to 65535, not "1e3".'],
    ['--port=-1', '--port is a whole number from 0 to 65535, not "-1".'],
    ['--port=', '--port is a whole number from 0 to 65535, not "".'],
    ['--drill-after soon', '--drill-after is a whole number from 0 to 86400, not "soon".'],
    ['--profile live', '--profile is drill or empty, not "live".'],
    ['--lang fr', '--lang is zh-CN or en, not "fr".'],
    ['--station ../x', '--station is up to 40 letters, digits, - and _, and not __proto__; not "../x".'],
    ['--station __proto__', '--station is up to 40 letters, digits, - and _, and not __proto__; not "__proto__".'],
    ['--hub http://h', '--hub is an address like ws://host:port/hub, not "http://h".'],
  ])('%s is refused in a sentence', (line, sentence) => {
    expect(() => readHallArguments(line.split(' '))).toThrow(new BadOption(sentence));
  });

  test.each(['--token secret', 'positional', '--port', '-x'])(
    '"%s" is refused, naming what it does not know',
    (line) => {
      expect(() => readHallArguments(line.split(' '))).toThrow(BadOption);
    },
  );
});
