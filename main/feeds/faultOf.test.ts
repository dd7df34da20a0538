import { expect, test } from 'vitest';
import { faultOf } from './faultOf.ts';

test.each([
  [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1' }, 'refused'],
  [{ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND hydro' }, 'unreachable'],
  [{ code: 'ECONNRESET', message: 'socket hang up' }, 'closed'],
  [{ code: 'HPE_INVALID_CONSTANT', message: 'Parse Error: Expected HTTP/' }, 'not-a-feed'],
  [{ code: 'WS_ERR_INVALID_OPCODE', message: 'Invalid WebSocket frame' }, 'not-a-feed'],
  [{ message: 'Opening handshake has timed out' }, 'timeout'],
  [{ message: 'Unexpected server response: 401' }, 'unauthorised'],
  [{ message: 'Unexpected server response: 302' }, 'not-a-feed'],
  [{ code: 'constructor', message: 'what nobody has seen before' }, 'failed'],
])('%j is said as %s', (error, fault) => expect(faultOf(error)).toBe(fault));
