/** A record's own member: names that come from outside (`__proto__`, `constructor`) find nothing they did not put there. */
export function own<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Makes it a member of the record's own, whatever it is called. */
export function putOwn<V>(record: Record<string, V>, key: string, value: V): void {
  Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}
