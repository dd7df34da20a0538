import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Receiver } from '../../feeds/receiver.ts';
import { postsTo } from './feeds.ts';
import type { Files } from './files.ts';
import { pathOf, type Refusal, refuseToken } from './guard.ts';
import { say as sayProblem } from './rest/rest.ts';

type Env = { Bindings: HttpBindings };

/** What the hall answers over HTTP, once a request has passed the guard of Host and Origin. */
export interface AppOptions {
  /** What a window must show. */
  token: string;
  /** What another system must show. */
  integrationToken: string;
  /** The pages. */
  shell: Files;
  /** Map data of the drill city. */
  city: Files;
  /** The hall's own map. */
  map: Files;
  healthz(): object;
  /** The contract, for other systems. */
  rest: Hono;
  /** The door of a feed whose source posts its messages. */
  receiver(feed: string): Receiver | undefined;
  /** Hears of a request that showed its token. */
  onKnown(request: HttpBindings['incoming']): void;
  /** Hears of an error that is nobody's but the hall's. */
  onFault(error: unknown, request: HttpBindings['incoming']): void;
}

/** Routes: who needs which token for what. */
export function createApp(options: AppOptions): Hono<Env> {
  const { shell, city, map, onKnown, onFault } = options;
  const app = new Hono<Env>();

  const known =
    (token: string, refuse: (c: Context, refusal: Refusal) => Response): MiddlewareHandler<Env> =>
    async (c, next) => {
      const refusal = refuseToken(c.env.incoming, token);
      if (refusal) return refuse(c, refusal);
      onKnown(c.env.incoming);
      return next();
    };
  const window = known(options.token, (c, { status, message }) => say(c, status, message));
  const system = known(options.integrationToken, (c) =>
    sayProblem(
      c,
      'unauthorised',
      'send the content of the file integration-token of the hall’s data folder as Bearer token',
    ),
  );
  const file = async (c: Context<Env>, files: Files, path: string) =>
    (await files.serve(c.env.incoming, c.env.outgoing, path)) ? RESPONSE_ALREADY_SENT : null;

  app.route('/feeds', postsTo(options));
  app.use('/api/v1/*', system);
  app.route('/api/v1', options.rest);

  app.get('/healthz', (c) => {
    c.header('cache-control', 'no-store');
    return c.json(options.healthz());
  });
  app.get('/api', window, (c) => {
    c.header('upgrade', 'websocket');
    return say(c, 426, 'connect here with a WebSocket');
  });
  app.get('/city/map/*', window, async (c) => {
    const path = pathOf(c.env.incoming).slice('/city/map'.length);
    return (await file(c, map, path)) ?? say(c, 404, 'the hall has no map of its own, or the map no such file');
  });
  app.get('/city/*', window, async (c) => {
    const path = pathOf(c.env.incoming).slice('/city'.length);
    return (await file(c, city, path)) ?? say(c, 404, 'the city has no such file');
  });
  app.get('*', async (c) => {
    const path = pathOf(c.env.incoming);
    const found = path === '/' ? null : await file(c, shell, path);
    if (found) return found;
    if (path !== '/' && /\.[^/]*$/.test(path)) return say(c, 404, 'no such file');
    const page = await file(c, shell, '/index.html');
    return page ?? say(c, 503, 'the pages of OpsHall are not built; run "npm run build" and start it again');
  });
  app.all('*', (c) => {
    c.header('allow', 'GET, HEAD');
    return say(c, 405, 'only GET is answered here');
  });

  app.onError((error, c) => {
    const { incoming, outgoing } = c.env;
    // Who asked has hung up before all was sent.
    if (outgoing.destroyed) return RESPONSE_ALREADY_SENT;
    onFault(error, incoming);
    if (!outgoing.headersSent) return say(c, 500, 'the hall could not answer; see its log');
    outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}

function say(c: Context, status: number, message: string): Response {
  if (status === 401) c.header('www-authenticate', 'Bearer realm="opshall"');
  c.header('cache-control', 'no-store');
  return c.text(`${message}\n`, status as 400);
}
