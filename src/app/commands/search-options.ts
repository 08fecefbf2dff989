import type { Command } from 'commander';
import { asEnum, decimal, given, several, whole } from './options.ts';

/** What `quartet search` can ask beyond what and where. */
export interface HitOptions {
  readonly minScore?: number;
  readonly exact?: boolean;
  readonly after?: string;
  readonly groupBy?: string;
  readonly perGroup?: number;
  readonly diversity?: number;
  readonly hybrid?: string | true;
  readonly weight?: number;
  readonly like?: readonly string[];
  readonly unlike?: readonly string[];
}

export function withHitOptions(command: Command): Command {
  return command
    .option('--min-score <s>', 'only items of at least this similarity, -1 to 1', decimal)
    .option('--exact', 'compare with every vector: finds all, takes longer')
    .option('--after <cursor>', 'go on after the page that gave this cursor (--json shows it)')
    .option('--group-by <field>', 'at most --per-group hits of each value: label, or metadata.KEY')
    .option('--per-group <n>', 'hits of each value (default: 1)', whole)
    .option('--diversity <lambda>', 'hits unlike each other: 1 by similarity alone, 0 as unlike as can be', decimal)
    .option('--hybrid [fusion]', 'search by words (BM25) too: rrf or weighted (default: rrf)')
    .option('--weight <w>', 'share of the vector in --hybrid weighted, 0 to 1 (default: 0.5)', decimal)
    .option('--like <text>', 'a further example of what hits should be like; may be given again', several)
    .option('--unlike <text>', 'an example of what they should not be like; may be given again', several);
}

/** A text with its further examples, as the API takes it. */
export function textQueryOf(text: string, { like = [], unlike = [] }: HitOptions): object {
  if (like.length + unlike.length === 0) return { text };
  const asExamples = (texts: readonly string[]) => texts.map((example) => ({ text: example }));
  return { examples: { positive: asExamples([text, ...like]), negative: asExamples(unlike) } };
}

/** @param text what is searched with: its words, in a hybrid search by several examples */
export function hitOptionsOf(text: string | undefined, options: HitOptions): object {
  const { minScore, exact, after, groupBy, perGroup, diversity, hybrid, weight } = options;
  return given({
    minScore,
    exact,
    after,
    groupBy: groupBy === undefined ? undefined : { field: groupBy, ...given({ perGroup }) },
    diversity: diversity === undefined ? undefined : { lambda: diversity },
    hybrid:
      hybrid === undefined
        ? undefined
        : { ...given({ text }), fusion: hybrid === true ? 'RRF' : asEnum(hybrid), ...given({ weight }) },
  });
}
