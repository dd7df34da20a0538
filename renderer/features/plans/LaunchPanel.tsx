import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentView } from '../../../contract/features/incidents.ts';
import type { PlanOffer } from '../../../contract/features/plans.ts';
import { useCall } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useDepartmentName, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './Launch.module.css';
import { firstChoice, launchPress, movedChoice } from './launchChoice.ts';
import { planDesk } from './planDesk.ts';
import runStyles from './Run.module.css';

/**
 * Plans on offer for an incident, in the region itself: the list has the keys, arrows choose, Enter launches, Escape leaves. One that does not
 * fit is launched by a second press, which is asked for with what does not fit, on the screen and by a screen reader.
 * @param region the plan region; the detail where the plans have a window of their own
 */
export function LaunchPanel({ incident, region }: { incident: IncidentView; region: 'plan' | 'detail' }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const call = useCall();
  const desk = useDeskStore();
  const { act, busy, failure } = useAct({ beside: true });
  const departmentName = useDepartmentName();
  const whatAndWhere = useWhatAndWhere();
  const [offers, setOffers] = useState<readonly PlanOffer[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  /** What the person chose; null: what is chosen from the start. */
  const [picked, setPicked] = useState<number | null>(null);
  /** The plan that was pressed once and was not launched by it; another is pressed anew. */
  const [pressed, setPressed] = useState<string | null>(null);

  const load = useCallback(() => {
    let gone = false;
    setError(null);
    call('plans.offer', { incident: incident.id }).then(
      (answer) => !gone && setOffers(answer.plans),
      (cause: unknown) => !gone && setError(cause),
    );
    return () => {
      gone = true;
    };
  }, [call, incident.id]);
  useEffect(load, [load]);

  const close = () => desk.getState().setIn(planDesk, { launchFor: null });
  const index = picked ?? firstChoice(offers ?? []);
  const chosen = index === null ? undefined : offers?.[index];
  const launching = busy.has('runs.launch');
  const pick = (to: number | null) => {
    setPicked(to);
    if (to !== index) setPressed(null);
  };
  const launch = async (offer: PlanOffer | undefined) => {
    if (launching || offers === null) return;
    const press = launchPress(offer, offer?.id === pressed);
    if (press === 'none-chosen' && offers.length > 0) desk.getState().sayOnce(t('plans:offer.choose'));
    if (press === 'ask' || press === 'runs-already') setPressed(offer?.id ?? null);
    if (!offer || press !== 'launch') return;
    const answer = await act('runs.launch', { incident: incident.id, plan: offer.id, version: offer.version });
    if (answer) desk.getState().setIn(planDesk, { launchFor: null, run: answer.run, step: null });
  };
  const move = (by: 1 | -1) => pick(movedChoice(offers?.length ?? 0, index, by));

  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const stands = offers !== null && offers.length > 0;
  useLayoutEffect(() => {
    const its = list.current;
    if (!stands || its === null) return;
    // Never takes the caret out of what somebody has gone on to.
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.matches('[data-region]')) its.focus();
    return () => {
      // It goes with the keys: they stay with the region that it stood in.
      if (its === document.activeElement) its.closest<HTMLElement>('[data-region]')?.focus({ preventScroll: true });
    };
  }, [stands]);

  // A button that was reached has Enter and the arrows for itself.
  const inList = { overControl: true, enabled: () => !document.activeElement?.matches('button, select') } as const;
  useShortcuts([
    {
      ...inList,
      id: 'launch.up',
      keys: ['arrowup'],
      scope: region,
      label: 'plans:key.launch.choose',
      unlisted: true,
      run: () => move(-1),
    },
    {
      ...{ ...inList, id: 'launch.down', keys: ['arrowdown'], scope: region, label: 'plans:key.launch.choose' },
      run: () => move(1),
    },
    {
      ...{ ...inList, id: 'launch.go', keys: ['enter'], scope: region, label: 'plans:key.launch.go' },
      run: () => void launch(chosen),
    },
    { id: 'launch.leave', keys: ['escape'], scope: region, label: 'plans:key.launch.leave', run: close },
  ]);

  useEffect(() => {
    document.querySelector('[data-offer-current]')?.scrollIntoView({ block: 'nearest' });
  });

  const asked = offers?.find((offer) => offer.id === pressed);
  const said = asked?.running
    ? t('plans:offer.runs-already')
    : asked && !asked.fits
      ? t('plans:offer.unfit', { plan: text(asked.name), why: text(asked.why) })
      : stands && index === null
        ? t('plans:offer.none-fits')
        : '';

  return (
    <section className={styles.launch} aria-label={t('plans:offer.title')}>
      <header className={styles.launchHead}>
        <div>
          <strong>{t('plans:offer.title')}</strong>
          <span className={runStyles.dim}> {whatAndWhere(incident)}</span>
        </div>
        {/* Beside the list: what is chosen in it may hold nothing that takes the focus. */}
        {chosen && !chosen.running && (
          <ActionButton primary keys="enter" busy={launching} onClick={() => void launch(chosen)}>
            {t('plans:offer.launch')}
          </ActionButton>
        )}
        <ActionButton icon={<IconX />} keys="escape" onClick={close}>
          {t('common:action.cancel')}
        </ActionButton>
      </header>
      {error !== null && <ErrorNote error={error} onRetry={load} />}
      {failure !== null && <ErrorNote error={failure} reveal />}
      {offers === null && error === null && <div className={runStyles.loading}>{t('common:loading')}</div>}
      {offers?.length === 0 && <EmptyState title={t('plans:offer.none')} hint={t('plans:offer.none-hint')} />}
      {/* It is there before it says anything: what comes with its words is not told by every screen reader. */}
      <p className={styles.asked} role="status">
        {said}
      </p>
      {stands && (
        <div
          ref={list}
          className={styles.offers}
          role="listbox"
          aria-label={t('plans:offer.title')}
          aria-activedescendant={index === null ? undefined : `${id}-${index}`}
          tabIndex={0}
        >
          {offers.map((offer, i) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the arrow keys of the region move the choice
            <div
              key={`${offer.id}@${offer.version}`}
              id={`${id}-${i}`}
              className={styles.offer}
              role="option"
              aria-selected={i === index}
              data-offer-current={i === index || undefined}
              data-fits={offer.fits || undefined}
              onClick={() => pick(i)}
              onDoubleClick={() => void launch(offer)}
              onKeyDown={undefined}
            >
              <div className={styles.offerFit}>
                {offer.fits ? (
                  <IconCheck size="1.125rem" aria-hidden="true" />
                ) : (
                  <IconMinus size="1.125rem" aria-hidden="true" />
                )}
                {t(offer.running ? 'plans:offer.running' : offer.fits ? 'plans:offer.fits' : 'plans:offer.no-fit')}
              </div>
              <div>
                <div className={styles.offerName}>
                  {text(offer.name)} <span className={runStyles.dim}>v{offer.version}</span>
                </div>
                <div className={styles.offerWhy}>{text(offer.why)}</div>
                <div className={styles.offerFacts}>
                  {t('plans:offer.steps', { count: offer.steps })} ·{' '}
                  {t('plans:offer.departments', { count: offer.departments.length })}
                  {' · '}
                  {offer.departments.map(departmentName).join(t('common:list-comma'))}
                </div>
              </div>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
