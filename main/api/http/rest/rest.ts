import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ContractError } from '../../../../contract/errors.ts';
import { type MethodName, methods, type QueryName, queries } from '../../../../contract/index.ts';
import { isDeeper } from '../../../../contract/wire/frames.ts';
import { WIRE_LIMITS } from '../../../../contract/wire/limits.ts';
import { openApi } from './openapi.ts';
import { readParams, writtenParams } from './params.ts';
import { type ProblemCode, problemOf } from './problem.ts';
import type { SystemClients } from './systemClients.ts';

/** A call's body goes into one frame of the wire, with a little around it. */
const BODY_BYTES = WIRE_LIMITS.windowTextBytes - 1024;
const BODY_DEPTH = WIRE_LIMITS.depth - 1;

/**
 * The contract over HTTP, for other systems: `POST /<method>`, `GET /<query>`, `GET /openapi.json`. Who asks was let in before.
 */
export function restOf({ version, clients }: { version: string; clients: SystemClients }): Hono {
  const written = new Map(Object.entries(queries).map(([name, { params }]) => [name, writtenParams(params)]));
  const description = JSON.stringify(openApi(version));
  const app = new Hono();

  app.get('/openapi.json', (c) => c.body(description, 200, { 'content-type': 'application/json' }));

  app.get('/:name', async (c) => {
    const { name } = c.req.param();
    if (Object.hasOwn(methods, name)) return notAllowed(c, 'POST', `${name} is a method: POST its params as JSON`);
    const params = written.get(name);
    if (!params) return say(c, 'not-found', `there is no query "${name}"; openapi.json tells what there is`);
    const asked = readParams(params, new URL(c.req.url).searchParams);
    return c.json(await clients.page(langOf(c), name as QueryName, asked));
  });

  const limited = bodyLimit({
    maxSize: BODY_BYTES,
    onError(c) {
      c.header('connection', 'close'); // The rest of it is not read.
      return say(c, 'body-too-large', `the body is longer than ${BODY_BYTES} bytes`);
    },
  });
  app.post('/:name', limited, async (c) => {
    const { name } = c.req.param();
    if (Object.hasOwn(queries, name)) return notAllowed(c, 'GET', `${name} is a query: GET it`);
    if (!Object.hasOwn(methods, name))
      return say(c, 'not-found', `there is no method "${name}"; openapi.json tells what there is`);
    if (!/^application\/json *(?:;|$)/i.test(c.req.header('content-type') ?? ''))
      return say(c, 'not-json', 'send the params with Content-Type: application/json');
    const text = await c.req.text();
    if (isDeeper(text, BODY_DEPTH)) return say(c, 'bad-request', `the body nests deeper than ${BODY_DEPTH} levels`);
    return c.json((await clients.call(langOf(c), name as MethodName, parsed(text))) as object);
  });

  app.all('/:name', (c) => notAllowed(c, 'GET, POST', 'queries are read by GET, methods are called by POST'));
  app.all('*', (c) => say(c, 'not-found', 'there is nothing here; openapi.json tells what there is'));
  app.onError((error, c) => {
    if (error instanceof ContractError) return say(c, error.code, error.message, error.field);
    throw error; // A fault of the hall's: said and logged as for any other request.
  });
  return app;
}

/** An answer that says what is wrong. */
export function say(c: Context, code: ProblemCode, message: string, field?: string): Response {
  const problem = problemOf({ code, message, ...(field ? { field } : {}) });
  if (code === 'busy') c.header('retry-after', '1');
  if (code === 'unauthorised') c.header('www-authenticate', 'Bearer realm="opshall"');
  return c.body(JSON.stringify(problem), problem.status as 400, { 'content-type': 'application/problem+json' });
}

function notAllowed(c: Context, allow: string, message: string): Response {
  c.header('allow', allow);
  return say(c, 'method-not-allowed', message);
}

/** @throws ContractError 'bad-request' */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ContractError('bad-request', 'the body is not JSON', { cause });
  }
}

/** The language that is asked for first; the hall's own without one. */
export function langOf(c: Context): 'zh-CN' | 'en' {
  return /^\s*en\b/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'zh-CN';
}
