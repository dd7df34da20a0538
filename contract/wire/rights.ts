import { type Principal, withoutRight } from '../../core/people/principal.ts';
import type { Right } from '../../core/people/right.ts';
import { ContractError } from '../errors.ts';
import type { Caller } from './served.ts';

/** @throws ContractError 'forbidden' naming seat and right, in the caller's language */
export function needRight(caller: Principal & Pick<Caller, 'lang'>, right: Right): void {
  const why = withoutRight(caller, right);
  if (why) throw new ContractError('forbidden', caller.lang === 'en' ? why.en : why.zh, { text: why });
}
