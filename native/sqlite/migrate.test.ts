import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { openDatabase } from './database.ts';
import { LEDGER_MIGRATIONS } from './ledgerMigrations.ts';
import { type Migration, migrate, NewerFile, versionOf } from './migrate.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const STEPS: Migration[] = [
  { name: 'first', sql: 'CREATE TABLE one (x)' },
  { name: 'second', sql: 'CREATE TABLE two (x)' },
];

describe('migrations', () => {
  it('runs what is missing, each once', () => {
    const db = openDatabase(':memory:');
    migrate(db, STEPS.slice(0, 1));
    db.exec('INSERT INTO one VALUES (7)');
    migrate(db, STEPS);
    migrate(db, STEPS);
    expect(versionOf(db)).toBe(2);
    expect(db.prepare('SELECT x FROM one').pluck().all()).toEqual([7]);
  });

  it('a migration that fails leaves the file as it was before it', () => {
    const db = openDatabase(':memory:');
    const broken = [...STEPS.slice(0, 1), { name: 'broken', sql: 'CREATE TABLE two (x); CREATE TABLE one (x)' }];
    expect(() => migrate(db, broken)).toThrow(/already exists/);
    expect(versionOf(db)).toBe(1);
    expect(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()).toEqual(['one']);
  });

  it('refuses a file of a later version, naming it and the remedy', () => {
    const file = join(scratch.folder('ledger'), 'ledger.db');
    const db = openDatabase(file);
    db.pragma('user_version = 99');
    expect(() => migrate(db, STEPS)).toThrow(NewerFile);
    expect(() => migrate(db, STEPS)).toThrow(/ledger\.db has schema version 99.*Start the newer OpsHall/);
    db.close();
  });

  it('0001 events and notes: an event is unique in its chain and stream, and found by its subject', () => {
    const db = openDatabase(':memory:');
    migrate(db, LEDGER_MIGRATIONS.slice(0, 1));
    const insert = db.prepare(
      "INSERT INTO events (stream, station, seq, hlc, at, type, v, subject, actor, body, prev, hash) VALUES (?, 'a', ?, 'h', 1, 't', 1, 's', '{}', '{}', 'p', 'q')",
    );
    insert.run('ops', 1);
    insert.run('audit', 1);
    expect(() => insert.run('ops', 1)).toThrow(/UNIQUE/);
    const plan = db.prepare("EXPLAIN QUERY PLAN SELECT * FROM events WHERE subject = 's'").all();
    expect(JSON.stringify(plan)).toContain('events_subject');
    db.exec("INSERT INTO meta (key, value) VALUES ('chain', 'a')");
  });

  it('0002 each seal beside its event: seals of the first version come along, each under the event that it was under', () => {
    const db = openDatabase(':memory:');
    migrate(db, LEDGER_MIGRATIONS.slice(0, 1));
    for (const seq of [1, 2, 3])
      for (const stream of ['ops', 'audit'])
        db.exec(`INSERT INTO events VALUES ('${stream}', 'a', ${seq}, 'h', 1, 't', 1, 's', '{}', '{}', 'p', 'q')`);
    db.exec(
      "INSERT INTO seals VALUES ('ops', 'a', 2, 'ed25519', 'key', 'two'), ('ops', 'a', 3, 'ed25519', 'key', 'three')",
    );
    migrate(db, LEDGER_MIGRATIONS);
    expect(db.prepare('SELECT stream, seq, key, sig FROM events WHERE sig IS NOT NULL ORDER BY seq').all()).toEqual([
      { stream: 'ops', seq: 2, key: 'key', sig: 'two' },
      { stream: 'ops', seq: 3, key: 'key', sig: 'three' },
    ]);
  });
});
