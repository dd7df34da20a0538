import type { TFunction } from 'i18next';
import type { CameraHealthView } from '../../../contract/features/cameras.ts';
import { age, clockTime, type Lang } from '../../ui/format.ts';

/** Why a camera is not live, as a sentence. A code that the page does not know is a failure. */
export function faultWords(t: TFunction, code: string): string {
  return t([`video:fault.${code}`, 'video:fault.failed']);
}

/**
 * What a tile says instead of, or over, a picture that is not live: one or two short lines; none when it is live.
 * @param ageMs since the newest picture on the screen; undefined before the first
 */
export function tileWords(
  t: TFunction,
  lang: Lang,
  health: CameraHealthView | undefined,
  ageMs: number | undefined,
): string[] {
  switch (health?.state) {
    case 'gone':
      return [
        t('video:gone-since', { at: clockTime(health.since) }),
        ...(health.error ? [faultWords(t, health.error.code)] : []),
      ];
    case 'preparing':
      return [t('video:state.preparing'), faultWords(t, 'preparing')];
    case 'connecting':
      return [
        health.attempts > 1 ? t('video:connecting-again', { count: health.attempts }) : t('video:state.connecting'),
        ...(health.error?.code === 'waiting-key' ? [faultWords(t, 'waiting-key')] : []),
        ...(ageMs === undefined ? [] : [t('video:picture-age', { age: age(ageMs, lang) })]),
      ];
    case 'live':
    case 'stale':
      return [ageMs === undefined ? t('video:waiting') : t('video:picture-age', { age: age(ageMs, lang) })];
    default:
      return [t('video:state.connecting')];
  }
}
