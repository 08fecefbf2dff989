/** Whether an error says that the database, or the way to it, was lost: the same may succeed a moment later. */
export { isConnectionLoss as isDatabaseAway } from '../store/connection-loss.ts';
