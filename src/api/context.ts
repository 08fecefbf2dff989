import type { Principal } from '../domain/principal.ts';
import type { NamespaceIdempotency } from '../services/idempotency.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Services } from './services.ts';

export type { ServerState, Services } from './services.ts';

/** What every resolver gets. */
export interface Context {
  /** Idempotency keys are the caller's namespace's own. */
  readonly services: Omit<Services, 'idempotency'> & { readonly idempotency: NamespaceIdempotency };
  readonly loaders: Loaders;
  /** Who asks. Lists and names are of its namespace; ids of others were refused before the resolver: authorization.ts. */
  readonly principal: Principal;
  /** Where this client reaches us, e.g. `http://127.0.0.1:4000`, for links in the answer. */
  readonly baseUrl: string;
}

export function createContext(
  services: Services,
  { principal, baseUrl }: Pick<Context, 'principal' | 'baseUrl'>,
): Context {
  return {
    services: { ...services, idempotency: services.idempotency.within(principal.namespace) },
    loaders: createLoaders(services, principal),
    principal,
    baseUrl,
  };
}
