import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../contract/wire/frames.ts';
import { startChild } from '../support/child.ts';
import { hallEntry, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { smallDisk } from '../support/smallDisk.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

/** What a hall that does not start says, after it has ended with 1. */
async function refusal(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const child = startChild('the hall', process.execPath, [hallEntry(), '--port', '0', ...args], {
    env: { ...process.env, ...env },
  });
  scratch.keep(child, () => child.kill());
  await until(() => child.exited, { within: 60_000, what: 'the hall ending' });
  const said = child.lines.join('\n');
  expect(child.ending, said).toBe(1);
  expect(said).not.toMatch(/\n\s+at |node:|Error:/);
  return said;
}

/** A folder that a hall has run on, with decisions in it. */
async function usedFolder(): Promise<string> {
  const dataDir = scratch.folder();
  const hall = await startHall({ dataDir, profile: 'empty' });
  const window = await openWindow(hall, 'duty');
  await window.call('wall.show', { screen: 'w', scene: 'plan', selection: null, cameras: [] });
  window.close();
  await hall.stop();
  return dataDir;
}

describe('a start that cannot be is refused in a sentence that names the file', () => {
  test.each(['token', 'hub-token', 'ledger.head'])('%s is a folder', async (name) => {
    const dataDir = scratch.folder();
    mkdirSync(join(dataDir, name));
    const said = await refusal(['--data', dataDir]);
    expect(said).toContain(
      `${join(dataDir, name)} cannot be used: a folder stands where the file belongs. Move that folder`,
    );
    expect(said).toContain(`无法使用 ${join(dataDir, name)}：该名称处是一个文件夹。请将该文件夹移走。`);
    expect(await refusal(['--data', dataDir, '--lang', 'en'])).not.toMatch(/\p{Script=Han}/u);
  });

  test('ledger.db is a folder; the data folder is a file, or lies below one', async () => {
    const dataDir = scratch.folder();
    mkdirSync(join(dataDir, 'ledger.db'));
    expect(await refusal(['--data', dataDir])).toContain(`${join(dataDir, 'ledger.db')} cannot be used: a folder`);
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    expect(await refusal(['--data', file])).toContain(
      `${file} cannot be used: the data folder is missing, or is not a`,
    );
    expect(await refusal(['--data', join(file, 'x')])).toContain('is not a folder');
  });

  test('a disk that is read-only, and one that is full', async () => {
    const disk = smallDisk(scratch, 2);
    if (disk === null) {
      // Nothing may be mounted here: a device that is always full stands in, as the token's file.
      console.warn('Nothing may be mounted here: /proc stands in for a read-only disk.');
      expect(await refusal(['--data', '/proc/opshall'])).toContain('/proc/opshall cannot be used: ');
      return;
    }
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(2 * 1024 * 1024 - 64 * 1024));
    expect(await refusal(['--data', disk])).toMatch(/cannot be used: the disk is full\. Free space/);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(await refusal(['--data', disk])).toMatch(
      /cannot be used: the disk or the file is read-only\. Check the disk/,
    );
  });
});

describe('a start that can be mended is', () => {
  test.each(['garbage', 'a folder'])('hall.lock is %s: it means nothing, and is put aside', async (what) => {
    const dataDir = scratch.folder();
    if (what === 'a folder') mkdirSync(join(dataDir, 'hall.lock', 'x'), { recursive: true });
    else writeFileSync(join(dataDir, 'hall.lock'), 'this is no database at all, whatever it is called'.repeat(50));
    const hall = scratch.keep(await startHall({ dataDir, profile: 'empty' }), (running) => running.stop());
    expect(existsSync(join(dataDir, 'hall.lock.damaged'))).toBe(true);
    expect(await refusal(['--data', dataDir])).toContain('Another hall is working on the data folder');
    expect((await fetch(`${hall.url}/healthz`)).status).toBe(200);
  });

  test.each([
    ['the format (byte 18)', 18, 0x40 | 2],
    ['the schema version (byte 60)', 60, 0x40],
    ['the sign of the schema version', 60, 0x80],
    ['the schema version (byte 62)', 62, 0x01],
  ])('a ledger whose header names %s wrongly is set aside and goes on whole', async (_, at, value) => {
    const dataDir = await usedFolder();
    const file = join(dataDir, 'ledger.db');
    const bytes = readFileSync(file);
    bytes[at] = value;
    writeFileSync(file, bytes);
    const hall = scratch.keep(await startHall({ dataDir, profile: 'empty' }), (running) => running.stop());
    expect(await (await fetch(`${hall.url}/healthz`)).json()).toMatchObject({
      status: 'recovery',
      ledger: { events: 1 },
    });
    expect(existsSync(`${file}.damaged-1`)).toBe(true);
  });

  test('a ledger whose header forbids to read it is set aside, whole, and said', async () => {
    const dataDir = await usedFolder();
    const file = join(dataDir, 'ledger.db');
    const bytes = readFileSync(file);
    bytes[19] = 0x12;
    writeFileSync(file, bytes);
    const hall = scratch.keep(await startHall({ dataDir, profile: 'empty' }), (running) => running.stop());
    expect(await (await fetch(`${hall.url}/healthz`)).json()).toMatchObject({ status: 'recovery' });
    expect(readFileSync(`${file}.damaged-1`)).toEqual(bytes);
  });

  test.each(['a folder', 'garbage'])('peers.json is %s', async (what) => {
    const dataDir = scratch.folder();
    if (what === 'a folder') mkdirSync(join(dataDir, 'peers.json'));
    else writeFileSync(join(dataDir, 'peers.json'), '{"peers": 3');
    const hall = scratch.keep(await startHall({ dataDir, profile: 'empty' }), (running) => running.stop());
    expect((await fetch(`${hall.url}/healthz`)).status).toBe(200);
  });
});

test('other users of this PC read nothing: folder 0700, files 0600, also those that were open before and those set aside', async () => {
  const dataDir = await usedFolder();
  chmodSync(dataDir, 0o755);
  for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o644);
  const bytes = readFileSync(join(dataDir, 'ledger.db'));
  bytes[18] = 9;
  writeFileSync(join(dataDir, 'ledger.db'), bytes);
  writeFileSync(join(dataDir, 'notes-of-a-person.txt'), 'not ours', { mode: 0o644 });
  const hall = scratch.keep(await startHall({ dataDir, profile: 'empty' }), (running) => running.stop());
  const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  await window.call('wall.show', { screen: 'w', scene: 'plan', selection: null, cameras: [] });
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  const modes = readdirSync(dataDir).map((name) => [name, (statSync(join(dataDir, name)).mode & 0o777).toString(8)]);
  expect(modes.map(([name]) => name)).toEqual(
    expect.arrayContaining(['hub-token', 'ledger.db', 'ledger.db-wal', 'ledger.db.damaged-1', 'ledger.head', 'token']),
  );
  expect(modes.filter(([name, mode]) => mode !== (name === 'notes-of-a-person.txt' ? '644' : '600'))).toEqual([]);
});

describe('an option or variable that cannot be is refused in a sentence', () => {
  test.each([
    [
      [],
      { OPSHALL_LOG: 'nonsense' },
      'OPSHALL_LOG is one of trace, debug, info, warn, error, fatal, silent, not "nonsense".',
    ],
    [['--data', ''], {}, '--data is a folder, not "".'],
    [
      ['--hub', 'ws://'],
      { OPSHALL_HUB_TOKEN: 'x' },
      'ws://10.0.0.5:18787/hub, without user and password, not "ws://".',
    ],
    [['--hub', 'ws://h/hub'], { OPSHALL_HUB_TOKEN: '' }, '--hub needs the hub’s token in OPSHALL_HUB_TOKEN'],
    [['--listen', '192.0.2.7'], {}, '--listen 192.0.2.7 is no address of this PC.'],
    [['--listen', 'no-such-host.invalid'], {}, '--listen no-such-host.invalid is no address of this PC.'],
    [['--drill', '/nowhere/x.yaml'], {}, '--drill is a file, and /nowhere/x.yaml is none.'],
    [['--drill', '/tmp'], {}, '--drill is a file, and /tmp is none.'],
  ] as [string[], Record<string, string>, string][])('%j %j', async (args, env, sentence) => {
    const said = await refusal(args.includes('--data') ? args : ['--data', scratch.folder(), ...args], env);
    expect(said).toContain(sentence);
    expect(said).toMatch(/\p{Script=Han}/u);
  });
});

describe('the log', () => {
  const probe = async (url: string) => (await fetch(`${url}/healthz`)).status;

  test('a full disk below the log ends nothing; with space again it says how many lines were lost', async () => {
    const disk = smallDisk(scratch, 1);
    const file = disk === null ? '/dev/full' : join(disk, 'log');
    if (disk === null) console.warn('Nothing may be mounted here: /dev/full stands in, and nothing is read back.');
    else writeFileSync(file, Buffer.alloc(4096, '\n'));
    const dataDir = scratch.folder();
    const hall = await startHall({
      ...{ dataDir, profile: 'empty', env: { OPSHALL_LOG: 'trace' } },
      under: ['sh', '-c', `exec "$@" 2>>${file}`, 'sh'],
    });
    scratch.keep(hall, (running) => running.kill());
    const ballast = join(disk ?? dataDir, 'ballast');
    try {
      writeFileSync(ballast, Buffer.alloc(disk === null ? 1 : 2 * 1024 * 1024));
    } catch {
      // Full.
    }
    try {
      // What is left of the log's last page would take the lines below.
      while (disk !== null) appendFileSync(file, '\n'.repeat(256));
    } catch {
      // Full as well.
    }
    // Each frame that is no frame is a line of the log.
    const noise = async () => {
      const socket = new WebSocket(`${hall.url.replace('http', 'ws')}/api`, [SUBPROTOCOL, `token.${hall.token}`]);
      await once(socket, 'open');
      socket.send('no frame');
      await Promise.race([once(socket, 'message'), once(socket, 'close')]);
      socket.terminate();
      return await probe(hall.url);
    };
    for (let i = 0; i < 10; i++) expect(await noise()).toBe(200);
    if (disk !== null) {
      rmSync(ballast);
      await until(
        async () => {
          await noise();
          return readFileSync(file, 'utf8').includes('lines of this log were lost');
        },
        // What is refused again and again has a line a minute, and the log goes on with the next line that is due.
        { within: 150_000, what: 'the log going on' },
      );
    }
    await hall.stop();
    expect(hall.ending).toBe(0);
  });

  test('a reader that is gone, or that reads nothing, ends nothing', async () => {
    for (const reader of ['true', 'sleep 600']) {
      const pipe = join(scratch.folder('pipe'), 'log');
      const hall = await startHall({
        ...{ dataDir: scratch.folder(), profile: 'empty', env: { OPSHALL_LOG: 'trace' } },
        under: ['bash', '-c', `mkfifo ${pipe}; ${reader} <${pipe} >/dev/null & exec "$@" 2>${pipe}`, 'bash'],
      });
      scratch.keep(hall, (running) => running.kill());
      for (let i = 0; i < 10; i++) expect(await probe(hall.url)).toBe(200);
      await hall.stop();
      expect(hall.ending).toBe(0);
    }
  });
});
