import { IconEye, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetupView } from '../../../../contract/features/setup.ts';
import { useLang } from '../../../i18n/index.ts';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { LoadFiles, type Reload } from '../LoadFiles.tsx';
import { Choices, sizeText } from './Choices.tsx';
import { isWhole } from './choice.ts';
import styles from './Import.module.css';
import { PastImports } from './PastImports.tsx';
import { Preview } from './Preview.tsx';
import { useArrival } from './useArrival.ts';
import { type Phase, type Refused, useImport } from './useImport.ts';

/** Brings a department's table or geo file into the hall's folder: what it would come to is seen before it is written. */
export function ImportSection(props: { view: SetupView; reload: Reload; onChanged: () => void }) {
  const { view, reload, onChanged } = props;
  const { t } = useTranslation();
  const heading = useId();
  const { choice, phase, failure, choose, look, cancel, write, leave } = useImport(onChanged);
  const sheets = useSheets(phase, choice.file);
  const under = phase.is === 'sending' || phase.is === 'reading';
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h3 id={heading}>{t('setup:import.title')}</h3>
      <Choices choice={choice} sheets={sheets} disabled={under || phase.is === 'writing'} onChoose={choose} />
      {failure !== null && <ErrorNote error={failure} reveal />}
      {phase.is === 'refused' && <Refusal why={phase.why} />}
      {!under && phase.is !== 'seen' && phase.is !== 'writing' && (
        <div className={styles.actions}>
          <ActionButton primary={choice.file !== null} icon={<IconEye />} disabled={!isWhole(choice)} onClick={look}>
            {t('setup:import.look')}
          </ActionButton>
          {choice.file !== null && <ActionButton onClick={leave}>{t('setup:import.leave')}</ActionButton>}
        </div>
      )}
      {under && <UnderWay phase={phase} onCancel={cancel} />}
      {(phase.is === 'seen' || phase.is === 'writing') && (
        <Preview plan={phase.plan} busy={phase.is === 'writing'} onWrite={write} onLeave={leave} />
      )}
      {phase.is === 'written' && (
        <Written phase={phase}>{view.reloads && view.differs && <LoadFiles reload={reload} primary={false} />}</Written>
      )}
      <PastImports imports={view.imports} onChanged={onChanged} />
    </section>
  );
}

function Written({ phase, children }: { phase: Extract<Phase, { is: 'written' }>; children: ReactNode }) {
  const { t } = useTranslation();
  const { done, left } = phase;
  const said = useArrival<HTMLParagraphElement>();
  return (
    <div className={styles.actions}>
      <p ref={said} role="status" tabIndex={-1} className={styles.written}>
        {t(done.written ? 'setup:import.written' : 'setup:import.unchanged', { file: done.file })}
        {left > 0 && t('setup:import.left-out', { count: left })}
      </p>
      {children}
    </div>
  );
}

function UnderWay({ phase, onCancel }: { phase: Phase; onCancel: () => void }) {
  const { t } = useTranslation();
  const sending = phase.is === 'sending' ? phase : null;
  return (
    <div className={styles.actions}>
      <progress
        className={styles.progress}
        aria-label={t(sending ? 'setup:import.sending' : 'setup:import.reading')}
        {...(sending ? { max: sending.of, value: sending.sent } : {})}
      />
      <span className={styles.quiet}>
        {sending
          ? t('setup:import.sent', { sent: sizeText(sending.sent), of: sizeText(sending.of) })
          : t('setup:import.reading')}
      </span>
      <ActionButton icon={<IconX />} onClick={onCancel}>
        {t('setup:import.cancel')}
      </ActionButton>
    </div>
  );
}

/** Why it cannot be imported as it is asked for; it is read out, and what is to be chosen stands above it. */
function Refusal({ why: { message, remedy, proposal } }: { why: Refused }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const note = useArrival<HTMLDivElement>();
  return (
    <div ref={note} className={styles.refusal} role="alert" tabIndex={-1}>
      <strong>{text(message)}</strong>
      <span>{text(remedy)}</span>
      {proposal !== null && (
        <details>
          <summary>{t('setup:import.proposal')}</summary>
          <pre className={styles.mapping}>{proposal}</pre>
        </details>
      )}
    </div>
  );
}

/** The sheets of the file that was looked through last: to choose another, they stay while it is read again. */
function useSheets(phase: Phase, file: unknown): readonly string[] {
  const [known, setKnown] = useState<{ file: unknown; sheets: readonly string[] }>({ file: null, sheets: [] });
  const seen = phase.is === 'seen' ? phase.plan.source.sheets : null;
  useEffect(() => {
    if (seen) setKnown({ file, sheets: seen });
  }, [seen, file]);
  return file !== null && known.file === file ? known.sheets : [];
}
