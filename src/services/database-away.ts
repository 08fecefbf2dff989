/** Whether an error says that the database, or the way to it, was lost: the same may succeed a moment later. */
export { isConnectionLoss as isDatabaseAway } from '../store/connection-loss.ts';
/** What an error says that came because the database has too much to do; null for any other. */
export { asOverload as asDatabaseOverload } from '../store/connections.ts';
/** What an error says that came because the database's disk is full; null for any other. */
export { asDatabaseFull } from '../store/database-full.ts';
