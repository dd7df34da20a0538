import { ipcRenderer } from 'electron';

/**
 * Hands the hall's port to the page, and nothing else: no API is exposed, no module, no environment.
 * The page asks with `opshall:want-port`; the shell also sends one at load and whenever the hall was started anew.
 */
ipcRenderer.on('opshall:port', (event) => {
  const [port] = event.ports;
  if (port) window.postMessage({ type: 'opshall:port' }, window.location.origin, [port]);
});

window.addEventListener('message', (event) => {
  if (event.source === window && (event.data as { type?: unknown } | null)?.type === 'opshall:want-port') {
    ipcRenderer.send('opshall:want-port');
  }
});
