import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { carryNodePort } from '../../contract/wire/carriers/nodePort.ts';
import { wireSuite } from './wire.suite.ts';

wireSuite('a MessageChannel', async (server) => {
  let ports: MessagePort[] = [];
  const cut = () => {
    for (const port of ports) port.close();
    ports = [];
  };
  return {
    async connect() {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1);
      server.attach(carryNodePort(port1));
      return carryNodePort(port2);
    },
    cut,
    async close() {
      cut();
    },
  };
});
