/** A record's own member: names that come from outside (`__proto__`, `constructor`) find nothing they did not put there. */
export function own<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
