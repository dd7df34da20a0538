import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
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
 * Plans on offer for an incident, in the region itself: arrows choose, Enter launches, Escape leaves. One that does not fit is launched by a
 * second press, which is asked for with what does not fit.
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
  /** The plan that does not fit and was pressed once; another is pressed anew. */
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
    if (press === 'ask') setPressed(offer?.id ?? null);
    if (!offer || press !== 'launch') return;
    const answer = await act('runs.launch', { incident: incident.id, plan: offer.id, version: offer.version });
    if (answer) desk.getState().setIn(planDesk, { launchFor: null, run: answer.run, step: null });
  };
  const move = (by: 1 | -1) => pick(movedChoice(offers?.length ?? 0, index, by));

  useShortcuts([
    {
      id: 'launch.up',
      keys: ['arrowup'],
      scope: region,
      label: 'plans:key.launch.choose',
      unlisted: true,
      run: () => move(-1),
    },
    { id: 'launch.down', keys: ['arrowdown'], scope: region, label: 'plans:key.launch.choose', run: () => move(1) },
    { id: 'launch.go', keys: ['enter'], scope: region, label: 'plans:key.launch.go', run: () => void launch(chosen) },
    { id: 'launch.leave', keys: ['escape'], scope: region, label: 'plans:key.launch.leave', run: close },
  ]);

  useEffect(() => {
    document.querySelector('[data-offer-current]')?.scrollIntoView({ block: 'nearest' });
  });

  return (
    <section className={styles.launch} aria-label={t('plans:offer.title')}>
      <header className={styles.launchHead}>
        <div>
          <strong>{t('plans:offer.title')}</strong>
          <span className={runStyles.dim}> {whatAndWhere(incident)}</span>
        </div>
        <ActionButton icon={<IconX />} keys="escape" onClick={close}>
          {t('common:action.cancel')}
        </ActionButton>
      </header>
      {error !== null && <ErrorNote error={error} onRetry={load} />}
      {failure !== null && <ErrorNote error={failure} reveal />}
      {offers === null && error === null && <div className={runStyles.loading}>{t('common:loading')}</div>}
      {offers?.length === 0 && <EmptyState title={t('plans:offer.none')} hint={t('plans:offer.none-hint')} />}
      {offers !== null && offers.length > 0 && index === null && (
        <p className={styles.noneFits} role="status">
          {t('plans:offer.none-fits')}
        </p>
      )}
      {offers !== null && offers.length > 0 && (
        <div className={styles.offers} role="listbox" aria-label={t('plans:offer.title')}>
          {offers.map((offer, i) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the arrow keys of the region move the choice
            <div
              key={`${offer.id}@${offer.version}`}
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
              {i === index && !offer.running && (
                <ActionButton primary keys="enter" busy={launching} onClick={() => void launch(offer)}>
                  {t('plans:offer.launch')}
                </ActionButton>
              )}
              {offer.id === pressed && !offer.fits && (
                <p className={styles.offerAsked} role="status">
                  {t('plans:offer.unfit', { why: text(offer.why) })}
                </p>
              )}
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
