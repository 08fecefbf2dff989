import { createLoaders, type Loaders } from './loaders.ts';
import type { Services } from './services.ts';

export type { ServerState, Services } from './services.ts';

/** What every resolver gets. */
export interface Context {
  readonly services: Services;
  readonly loaders: Loaders;
  /** Where this client reaches us, e.g. `http://127.0.0.1:4000`, for links in the answer. */
  readonly baseUrl: string;
}

export function createContext(services: Services, baseUrl: string): Context {
  return { services, loaders: createLoaders(services), baseUrl };
}
