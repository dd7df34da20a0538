import { useTranslation } from 'react-i18next';
import type { RejectView } from '../../../contract/features/rejects.ts';
import { useTopic } from '../../bridge/index.ts';
import { useLang } from '../../i18n/index.ts';

/** Says where something came from that was refused: a feed by its name. */
export function useWhence(): (from: Pick<RejectView, 'door' | 'source'>) => string {
  const { t } = useTranslation();
  const { text } = useLang();
  const feeds = useTopic('feeds');
  return ({ door, source }) => {
    if (source === null) return t('rejects:unnamed');
    const feed = door === 'feed' ? feeds.get(source) : undefined;
    return t(`rejects:from.${door}`, { source: feed ? text(feed.name) : source });
  };
}
