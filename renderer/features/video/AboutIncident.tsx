import { useEffect, useRef } from 'react';
import { useDesk, useSlice } from '../../desk/DeskProvider.tsx';
import { useIncident, useWhich } from '../../desk/incidents.ts';
import { useSubject } from '../../desk/useSubject.ts';
import { WhichIncident } from '../../desk/WhichIncident.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useSeeCameras } from './useSeeCameras.ts';
import styles from './VideoPanel.module.css';
import { videoDesk } from './videoDesk.ts';

/** Where more than one incident is open: the one for which the cameras were opened. */
export function AboutIncident() {
  const incident = useIncident(useSlice(videoDesk, ({ about }) => about));
  const which = useWhich(incident?.id);
  const whatAndWhere = useWhatAndWhere();
  return (
    incident &&
    which && (
      <div className={styles.about}>
        <span className={styles.aboutName}>{whatAndWhere(incident)}</span> <WhichIncident id={incident.id} />
      </div>
    )
  );
}

/** The cameras that were opened for an incident give way to those of another that a person goes to in this window. */
export function FollowIncident() {
  const about = useSlice(videoDesk, (video) => video.about);
  const chosen = useDesk((desk) => desk.chosen);
  const id = useSubject().incident?.id;
  const see = useSeeCameras();
  const seen = useRef(chosen);
  useEffect(() => {
    if (about === null || id === undefined || id === about || chosen === seen.current) return;
    seen.current = chosen;
    void see();
  }, [about, id, chosen, see]);
  return null;
}
