/** A thread that tells alarms; see tellAlarms.ts. */
import { serveLedgerTasks } from '../../ledger/serveLedgerTasks.ts';
import { alarmTasks } from './tellAlarms.ts';

serveLedgerTasks(alarmTasks);
