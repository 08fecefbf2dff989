import { loadWork, type WorkName } from '../services/work/index.ts';
import { serveWork } from './serve-work.ts';

/** Entry of every child process. */
serveWork((name) => loadWork(name as WorkName));
