/**
 * What a member of a file is, for whoever writes it: goes into a schema by `meta`, and editors show it beside what is written. Chinese first, as
 * they know of one language only.
 */
export const told = (zh: string, en: string): { description: string } => ({ description: `${zh}\n\n${en}` });
