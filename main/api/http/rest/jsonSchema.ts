import { z } from 'zod';

/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
};

/** @param io whether it tells what is taken or what is answered: defaults are optional in one and there in the other */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  // What JSON Schema cannot say, such as a check by a function, is left out; the hall checks it all the same.
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return plain as JsonSchema;
}
