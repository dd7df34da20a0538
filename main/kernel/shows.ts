/** `its-event`: at the start of a hall, when nobody saw when it became so. */
export type Since = 'now' | 'its-event';

/** By kind of aggregate: shows windows a subject as it is. A feature may hear of another's kind, where what it shows depends on it. */
export type Shows = Readonly<Record<string, (subject: string, since: Since) => void>>;
