import { LRUCache } from 'lru-cache';
import type { Namespace } from '../domain/ids.ts';
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

/** Namespaces whose services are remembered. */
const REMEMBERED = 1_000;

/** Makes the contexts of one server: what is the same for all requests of a namespace is made once. */
export function contexts(services: Services): (who: Pick<Context, 'principal' | 'baseUrl'>) => Context {
  const byNamespace = new LRUCache<Namespace, Context['services']>({ max: REMEMBERED });
  return ({ principal, baseUrl }) => {
    const { namespace } = principal;
    const own = byNamespace.get(namespace) ?? { ...services, idempotency: services.idempotency.within(namespace) };
    byNamespace.set(namespace, own);
    let loaders: Loaders | undefined;
    return {
      services: own,
      // Many searches need none.
      get loaders() {
        loaders ??= createLoaders(services, principal);
        return loaders;
      },
      principal,
      baseUrl,
    };
  };
}
