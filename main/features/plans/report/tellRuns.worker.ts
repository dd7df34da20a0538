/** A thread that tells runs; see tellRuns.ts. */
import { serveLedgerTasks } from '../../../ledger/serveLedgerTasks.ts';
import { runTasks } from './tellRuns.ts';

serveLedgerTasks(runTasks);
