import { useTranslation } from 'react-i18next';
import type { WarningView } from '../../../contract/features/warnings.ts';
import type { Text } from '../../../contract/schema/basics.ts';
import { useQuery } from '../../bridge/index.ts';
import { Conflicts } from '../../desk/detail/ConflictCard.tsx';
import styles from '../../desk/detail/Detail.module.css';
import { DetailSections } from '../../desk/detail/DetailSections.tsx';
import { DetailHead, type FactRow, Facts } from '../../desk/detail/Facts.tsx';
import { SubjectActions } from '../../desk/detail/SubjectActions.tsx';
import { Who } from '../../desk/Who.tsx';
import { useLang } from '../../i18n/index.ts';
import { dateTime } from '../../ui/format.ts';
import { useWarningWords } from './useWarningWords.ts';
import { WarningBadge } from './WarningBadge.tsx';
import own from './Warnings.module.css';

/** One warning in the words of whoever warns, with what was made of it here. */
export function WarningDetail({ id }: { id: string }) {
  const warning = useQuery('warnings.one', { id }).rows?.[0];
  return warning?.id === id ? <Told warning={warning} /> : null;
}

function Told({ warning }: { warning: WarningView }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const { titleOf } = useWarningWords();
  const { acknowledged, onset, until, assumed, severity, urgency, certainty } = warning;
  const rated = [severity, urgency, certainty].filter((each) => each !== '');
  const rows: FactRow[] = [
    [t('warnings:fact.state'), t(`warnings:state.${warning.state}`)],
    [t('warnings:fact.from'), text(warning.from)],
    [t('warnings:fact.area'), text(warning.area)],
    [t('warnings:fact.sent'), dateTime(warning.sent)],
    ...(onset === null ? [] : ([[t('warnings:fact.onset'), dateTime(onset)]] as const)),
    [t('warnings:fact.until'), assumed ? t('warnings:until-time', { at: dateTime(until) }) : dateTime(until)],
    ...(rated.length === 0
      ? []
      : ([
          [
            t('warnings:fact.rated'),
            rated.map((each) => t(`warnings:rated.${each}`, { defaultValue: t('warnings:rated.Unknown') })).join(' / '),
          ],
        ] as const)),
    ...(acknowledged
      ? ([
          [
            t('warnings:fact.acknowledged'),
            <span key="who">
              <Who {...acknowledged} /> · {dateTime(acknowledged.at)}
            </span>,
          ],
        ] as const)
      : []),
    ...(warning.codes.length === 0 ? [] : ([[t('warnings:fact.codes'), warning.codes.join(' ')]] as const)),
    [t('warnings:fact.identifier'), `${warning.sender} ${warning.identifier}`],
  ];
  return (
    <div className={styles.body}>
      <DetailHead
        kind={`${t('detail:kind.warning')} · ${text(warning.event)}`}
        title={titleOf(warning)}
        badge={<WarningBadge level={warning.level} />}
      />
      <Conflicts conflicts={warning.conflicts} />
      <div className={styles.buttons} data-action>
        <SubjectActions />
      </div>
      <Prose said={warning.text} />
      <Prose said={warning.instruction} head={t('warnings:fact.instruction')} />
      <Facts rows={rows} />
      <DetailSections of="warning" />
    </div>
  );
}

/** Words of the message, marked where they are in the other language. */
function Prose({ said, head }: { said: Text; head?: string }) {
  const { t } = useTranslation();
  const { words, foreign } = useWarningWords().proseOf(said);
  if (words === '') return null;
  return (
    <section>
      {head !== undefined && <h3 className={own.foreign}>{head}</h3>}
      {foreign !== null && <p className={own.foreign}>{t('warnings:only-in')}</p>}
      <p className={own.prose} lang={foreign ?? undefined}>
        {words}
      </p>
    </section>
  );
}
