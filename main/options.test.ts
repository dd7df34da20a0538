import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadOption, readHallArguments } from './options.ts';

describe('the hall’s options', () => {
  test('without any: loopback, and the folder of the made-up city', () => {
    expect(readHallArguments([])).toEqual({
      ...{ port: 18787, data: join(homedir(), '.opshall', 'drill'), lang: 'zh-CN' },
      ...{
        listen: '127.0.0.1',
        station: 'A',
        hub: undefined,
        streams: undefined,
        drillAfter: 20,
        drill: undefined,
        verify: 'recent',
      },
    });
  });

  test('all of them', () => {
    const argv = '--port 0 --data d --lang en --listen 0.0.0.0 --station hall-2 --drill x.yaml'.split(' ');
    expect(readHallArguments([...argv, '--hub', 'ws://h:1/hub', '--drill-after', 'never', '--verify', 'all'])).toEqual({
      ...{ port: 0, data: resolve('d'), lang: 'en', listen: '0.0.0.0', station: 'hall-2' },
      ...{ hub: 'ws://h:1/hub', drillAfter: undefined, drill: resolve('x.yaml'), verify: 'all' },
    });
    expect(readHallArguments(['--drill-after=0']).drillAfter).toBe(0);
  });

  test('streams to take of others are names, all but rehearsals, or every rehearsal', () => {
    expect(readHallArguments(['--streams', '*, drill:flood-1']).streams).toEqual(['*', 'drill:flood-1']);
    expect(readHallArguments(['--streams', 'ops,audit,drill:*']).streams).toEqual(['ops', 'audit', 'drill:*']);
  });

  test.each([
    ['--port 65536', '--port is a whole number from 0 to 65535, not "65536".'],
    ['--port 80.5', '--port is a whole number from 0 to 65535, not "80.5".'],
    ['--port 1e3', '--port is a whole number from 0 to 65535, not "1e3".'],
    ['--port=-1', '--port is a whole number from 0 to 65535, not "-1".'],
    ['--port=', '--port is a whole number from 0 to 65535, not "".'],
    ['--drill-after soon', '--drill-after is a whole number from 0 to 86400 or never, not "soon".'],
    ['--profile drill', 'There is no option --profile.'],
    ['--lang fr', '--lang is zh-CN or en, not "fr".'],
    ['--station ../x', '--station is up to 40 letters, digits, - and _, and not __proto__; not "../x".'],
    ['--station __proto__', '--station is up to 40 letters, digits, - and _, and not __proto__; not "__proto__".'],
    ['--hub http://h', '--hub is an address like ws://10.0.0.5:18787/hub, without user and password, not "http://h".'],
  ])('%s is refused in a sentence', (line, sentence) => {
    expect(() => readHallArguments(line.split(' '))).toThrow(sentence);
  });

  test.each([...['ws://', 'wss://:80', 'ws://a:99999/hub', 'ws://user:secret@h/hub', '', ' ']])(
    '--hub %j is refused, with an example and without a raw "Invalid URL"',
    (hub) => {
      expect(() => readHallArguments(['--hub', hub])).toThrow(/^--hub (is an address like ws:\/\/10|needs a value)/);
    },
  );

  test.each(['', ' ', 'a\0b', 'x'.repeat(5000)])(
    '--data %j is refused: nothing is kept in a folder nobody chose',
    (data) => {
      expect(() => readHallArguments([`--data=${data}`])).toThrow(/^--data is a folder, not "/);
      expect(() => readHallArguments(['--data', data])).toThrow(/^--data is a folder, not "/);
      expect(() => readHallArguments([`--drill=${data}`])).toThrow(/^--drill is a file, not "/);
    },
  );

  test.each(['', 'not an address', '300.1.1.1/8', '-x', 'a..b ', '[::1]', 'http://0.0.0.0'])(
    '--listen %j is refused',
    (value) => {
      expect(() => readHallArguments([`--listen=${value}`])).toThrow(/^--listen is an address of this PC/);
    },
  );

  test.each(['127.0.0.1', '0.0.0.0', '::1', 'localhost', 'hall-1.city'])('--listen %s is taken', (value) => {
    expect(readHallArguments(['--listen', value]).listen).toBe(value);
  });

  test.each(['', 'a b', 'ａ', 'A\u202e', 'a\nb', '../a', 'a'.repeat(41), '__proto__', 'a~2', 'a.b'])(
    '--station %j is refused, and shown so that no terminal acts upon it',
    (station) => {
      let said = '';
      try {
        readHallArguments([`--station=${station}`]);
      } catch (error) {
        said = (error as BadOption).message + (error as BadOption).text.zh;
      }
      expect(said).toMatch(/^--station is up to 40 letters/);
      expect(said).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    },
  );

  test.each(['-1', 'NaN', '1.5', '86401', ''])('--drill-after %j is refused', (value) => {
    expect(() => readHallArguments([`--drill-after=${value}`])).toThrow(/^--drill-after is a whole number/);
  });

  test('every refusal has both languages', () => {
    for (const argv of [['--port=x'], ['--nothing'], ['word'], ['--data'], ['--lang=x'], ['--station=/']]) {
      try {
        readHallArguments(argv);
        expect.unreachable();
      } catch (error) {
        expect((error as BadOption).text.zh).toMatch(/\p{Script=Han}.*。$/u);
        expect((error as BadOption).text.en).toMatch(/\.$/);
      }
    }
  });

  test.each(['--token secret', 'positional', '--port', '-x'])(
    '"%s" is refused, naming what it does not know',
    (line) => {
      expect(() => readHallArguments(line.split(' '))).toThrow(BadOption);
    },
  );
});

test.each(['ws://u:p@h/hub', 'u:p@h', 'wss://token@10.0.0.5/hub'])(
  '--hub %s: what stands before the @ is never shown',
  (value) => {
    let said = '';
    try {
      readHallArguments(['--hub', value]);
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain('without user and password');
    expect(said).not.toMatch(/u:p|token@/);
  },
);
