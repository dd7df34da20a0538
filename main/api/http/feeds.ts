import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Text } from '../../../core/words.ts';
import type { Receiver } from '../../feeds/receiver.ts';
import { MESSAGE_LIMITS } from '../../feeds/ws-json/schema.ts';
import { givenToken } from './guard.ts';
import { langOf, say } from './rest/rest.ts';

type Env = { Bindings: HttpBindings; Variables: { receiver: Receiver } };

/**
 * `POST /feeds/<id>`: one message of a source that posts, with the token of its feed; answered with what became of it, so that whoever writes
 * the source sees what is wrong without the hall's windows.
 */
export function postsTo(options: {
  receiver(feed: string): Receiver | undefined;
  onKnown(request: HttpBindings['incoming']): void;
}): Hono<Env> {
  const app = new Hono<Env>();
  const { bytes } = MESSAGE_LIMITS;
  const limited = bodyLimit({
    maxSize: bytes,
    onError(c) {
      c.header('connection', 'close'); // The rest of it is not read.
      return say(c, 'body-too-large', `the message is longer than ${bytes} bytes`);
    },
  });

  // Who it is comes before what he sends: nothing of a stranger's message is read.
  app.use('/:feed', async (c, next) => {
    const receiver = options.receiver(c.req.param('feed'));
    const token = givenToken(c.env.incoming);
    if (!receiver || token === null || !receiver.lets(token))
      return say(c, 'unauthorised', 'there is no such feed that messages are posted to, or its token is another one');
    options.onKnown(c.env.incoming);
    c.set('receiver', receiver);
    return next();
  });
  app.post('/:feed', limited, async (c) => {
    const lang = langOf(c) === 'en' ? 'en' : 'zh';
    const posted = await c.get('receiver').post(Buffer.from(await c.req.arrayBuffer()));
    c.header('cache-control', 'no-store');
    if (posted.is === 'busy') {
      const seconds = Math.ceil(posted.retryMs / 1000);
      c.header('retry-after', String(seconds));
      return say(c, 'busy', `ask again in ${seconds} s`);
    }
    const words = ({ message, remedy }: { message: Text; remedy: Text }) =>
      lang === 'en' ? `${message.en}. ${remedy.en}` : `${message.zh}。${remedy.zh}`;
    if (posted.is === 'refused') return say(c, 'bad-request', words(posted.fault), posted.fault.path);
    const { taken, rejected, late, faults } = posted;
    return c.json({
      taken,
      rejected,
      late,
      faults: faults.map((fault) => ({ path: fault.path, detail: words(fault) })),
    });
  });
  app.all('/:feed', (c) => {
    c.header('allow', 'POST');
    return say(c, 'method-not-allowed', 'messages are posted here');
  });
  return app;
}
