/**
 * What has to be done to the members of an object so that it becomes another. Changes are few and deep beside what stays, so that a
 * step of a run that goes on is some hundred bytes and not the run.
 */
export type ObjectPatch = { readonly [member: string]: PatchOp };

export type PatchOp =
  | readonly ['put', unknown]
  | readonly ['remove']
  /** Of an object. */
  | readonly ['patch', ObjectPatch]
  /** Of a list: so long it was, and what comes after it. */
  | readonly ['append', number, readonly unknown[]]
  /** Of a list whose entries have ids of their own: entries that change, ids of those that go, and what comes after the others, which keep their order. */
  | readonly ['entries', ObjectPatch, readonly string[], readonly unknown[]];

/** Below so many levels a value is put whole: a patch nests deeper than what it is of. */
const MOST_DEPTH = 5;

type Members = Readonly<Record<string, unknown>>;
type Entry = Members & { readonly id: string };

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of its own, undefined as JSON has none. */
const own = (members: Members, name: string): unknown => (Object.hasOwn(members, name) ? members[name] : undefined);

/**
 * The patch that makes `before` what `after` is in JSON; null where they are the same. What is one and the same object in both is not looked into.
 */
export function diffMembers(before: object, after: object): ObjectPatch | null {
  return objectPatch(before as Members, after as Members, 0);
}

function objectPatch(before: Members, after: Members, depth: number): ObjectPatch | null {
  const ops: [string, PatchOp][] = [];
  for (const name of Object.keys(before))
    if (before[name] !== undefined && own(after, name) === undefined) ops.push([name, ['remove']]);
  for (const name of Object.keys(after)) {
    const op = after[name] === undefined ? null : opOf(own(before, name), after[name], depth);
    if (op) ops.push([name, op]);
  }
  return ops.length > 0 ? Object.fromEntries(ops) : null;
}

function opOf(before: unknown, after: unknown, depth: number): PatchOp | null {
  if (before === after) return null;
  if (isMembers(before) && isMembers(after)) {
    if (depth >= MOST_DEPTH) return isSame(before, after) ? null : ['put', after];
    const patch = objectPatch(before, after, depth + 1);
    return patch && ['patch', patch];
  }
  if (Array.isArray(before) && Array.isArray(after)) return listOp(before, after, depth);
  return ['put', after];
}

function listOp(before: readonly unknown[], after: readonly unknown[], depth: number): PatchOp | null {
  const byId =
    depth < MOST_DEPTH && before.length > 0 && after.length > 0 ? entriesOp(before, after, depth) : undefined;
  if (byId !== undefined) return byId;
  if (before.length > after.length || !before.every((value, i) => isSame(value, after[i]))) return ['put', after];
  return before.length === after.length ? null : ['append', before.length, after.slice(before.length)];
}

/** Undefined where the lists are not of entries with ids, or the entries that stay are in another order. */
function entriesOp(before: readonly unknown[], after: readonly unknown[], depth: number): PatchOp | null | undefined {
  const known = entriesById(before);
  const next = entriesById(after);
  if (!known || !next) return undefined;
  const stays = [...known.keys()].filter((id) => next.has(id));
  const changes: [string, PatchOp][] = [];
  let at = 0;
  for (const [id, entry] of next) {
    if (at === stays.length) break;
    if (id !== stays[at++]) return undefined;
    const op = opOf(known.get(id), entry, depth + 1);
    if (op) changes.push([id, op]);
  }
  if (stays.length === 0) return undefined;
  const goes = [...known.keys()].filter((id) => !next.has(id));
  const comes = after.slice(stays.length);
  if (changes.length + goes.length + comes.length === 0) return null;
  return ['entries', Object.fromEntries(changes), goes, comes];
}

/** Null unless each entry has an id that no other has. */
function entriesById(list: readonly unknown[]): Map<string, Entry> | null {
  const entries = new Map<string, Entry>();
  for (const value of list) {
    if (!isMembers(value)) return null;
    const id = own(value, 'id');
    if (typeof id !== 'string' || entries.has(id)) return null;
    entries.set(id, value as Entry);
  }
  return entries;
}

/** Whether two values are the same in JSON. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, i) => isSame(value, b[i]));
  if (!isMembers(a) || !isMembers(b)) return false;
  const names = Object.keys(a).filter((name) => a[name] !== undefined);
  const others = Object.keys(b).filter((name) => b[name] !== undefined);
  return names.length === others.length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]));
}

/** A patch that is none, or not of this object. */
export class PatchMismatch extends Error {}

/**
 * The object with a patch from outside done to it. What the patch does not speak of is the same object as before; nothing is changed in place.
 * @throws PatchMismatch when the patch is not one of this object
 */
export function patched(before: unknown, patch: unknown): unknown {
  if (!isMembers(before) || !isMembers(patch)) throw new PatchMismatch('a patch of what is no object');
  const members = new Map(Object.entries(before));
  for (const [name, op] of Object.entries(patch)) {
    const next = done(members.get(name), op);
    if (next === undefined) members.delete(name);
    else members.set(name, next);
  }
  return Object.fromEntries(members);
}

/** @returns undefined for what was removed */
function done(before: unknown, op: unknown): unknown {
  if (!Array.isArray(op)) throw new PatchMismatch('a change that is none');
  const [kind, ...args] = op as unknown[];
  switch (kind) {
    case 'put':
      return args[0];
    case 'remove':
      return undefined;
    case 'patch':
      return patched(before, args[0]);
    case 'append': {
      const [length, values] = args;
      if (!Array.isArray(before) || before.length !== length || !Array.isArray(values))
        throw new PatchMismatch(`an addition to a list that is not ${String(length)} long`);
      return [...(before as unknown[]), ...(values as unknown[])];
    }
    case 'entries':
      return doneEntries(before, args);
    default:
      throw new PatchMismatch(`a change called ${String(kind)}`);
  }
}

function doneEntries(before: unknown, [changes, goes, comes]: unknown[]): unknown[] {
  const known = Array.isArray(before) ? entriesById(before) : null;
  if (!known || !isMembers(changes) || !Array.isArray(goes) || !Array.isArray(comes))
    throw new PatchMismatch('a change of entries in what is no list of them');
  for (const id of goes as unknown[])
    if (typeof id !== 'string' || !known.delete(id)) throw new PatchMismatch(`an entry ${String(id)} to be taken away`);
  const entries = new Map<string, unknown>(known);
  for (const [id, op] of Object.entries(changes)) {
    if (!known.has(id)) throw new PatchMismatch(`an entry ${id} to be changed`);
    entries.set(id, done(known.get(id), op));
  }
  return [...entries.values(), ...(comes as unknown[])];
}
