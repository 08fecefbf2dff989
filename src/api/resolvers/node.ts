import { QuartetError } from '../../domain/errors.ts';
import { MOST_ROWS } from '../connections.ts';
import type { Context } from '../context.ts';
import type { Resolvers, ResolversTypes } from '../generated/resolvers.ts';
import { type NodeType, parseGlobalId, rowId } from '../global-ids.ts';
import type { RootFields } from './root-fields.ts';

type NodeModel = Exclude<Awaited<ResolversTypes['Node']>, undefined>;

/** Which type a node was loaded as: the rows themselves do not say. */
const typeOf = new WeakMap<object, NodeType>();

export const nodeResolvers = {
  Node: {
    __resolveType(node) {
      const type = typeOf.get(node);
      if (type === undefined) throw new Error('a node that was not loaded here');
      return type;
    },
  },
  Query: {
    node: (_root, { id }, context) => nodeOf(context, id, ['id']),
    nodes(_root, { ids }, context) {
      if (ids.length < 1 || ids.length > MOST_ROWS) {
        throw new QuartetError('BAD_INPUT', `ids has ${ids.length} entries; it must have 1 to ${MOST_ROWS}.`, {
          field: ['ids'],
        });
      }
      return Promise.all(ids.map((id, position) => nodeOf(context, id, ['ids', String(position)])));
    },
  },
} satisfies Pick<Resolvers, 'Node'> & RootFields;

async function nodeOf({ loaders }: Context, globalId: string, field: readonly string[]): Promise<NodeModel | null> {
  const type = parseGlobalId(globalId)?.type;
  if (type === undefined) {
    throw new QuartetError('BAD_INPUT', `${JSON.stringify(globalId.slice(0, 60))} is not a global id.`, { field });
  }
  const node = (await loaders[type].load(rowId(type as never, globalId, field) as never)) as NodeModel | null;
  if (node !== null) typeOf.set(node, type);
  return node;
}
