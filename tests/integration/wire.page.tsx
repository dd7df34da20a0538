import { createRoot } from 'react-dom/client';
import {
  BridgeProvider,
  createBridge,
  useBridge,
  useCall,
  useConnection,
  useTopic,
} from '../../renderer/bridge/index.ts';

/** A page with nothing but the bridge, for wire.browser.test.ts. */
function Page() {
  const bridge = useBridge();
  const connection = useConnection();
  const call = useCall();
  const walls = useTopic('walls');
  return (
    <>
      <p id="state">{connection.state}</p>
      <p id="code">{connection.error?.code ?? ''}</p>
      <p id="walls">{[...walls.values()].map(({ screen, scene }) => `${screen}:${scene}`).join(' ')}</p>
      <button
        type="button"
        id="digest"
        onClick={(event) => {
          const button = event.currentTarget;
          void call('ledger.digest', {}).then(({ digest }) => {
            button.textContent = digest;
          });
        }}
      >
        digest
      </button>
      <button type="button" id="token" onClick={() => bridge.setToken('right')}>
        token
      </button>
    </>
  );
}

const bridge = createBridge({ hello: { seat: 'a1', lang: 'zh-CN', client: 'page' } });
bridge.bulk('units', {}, (payload, key) => {
  document.title = `${payload.byteLength} ${key}`;
});
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <BridgeProvider bridge={bridge}>
      <Page />
    </BridgeProvider>,
  );
}
