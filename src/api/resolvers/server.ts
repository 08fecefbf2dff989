import type { RootFields } from './root-fields.ts';

export const serverResolvers = {
  Query: {
    async server(_root, _args, { services }) {
      const { version, startedAt, runsJobs, databaseReachable } = services.server;
      return { version, startedAt, runsJobs, databaseReachable: await databaseReachable() };
    },
  },
} satisfies RootFields;
