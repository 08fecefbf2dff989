import { EXPORT_CONTENTS, type ExportContent } from '../../services/exports.ts';
import type { Context } from '../context.ts';
import type { ExportFormat } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-ids.ts';

const formats = { JSONL: 'jsonl', PARQUET: 'parquet' } as const;

/** The address of an export, with the permission to fetch it. @param id row id of what EXPORT_CONTENTS names */
export async function exportUrl(
  { services, baseUrl }: Context,
  content: ExportContent,
  id: string,
  format: ExportFormat,
): Promise<string> {
  const of = { content, format: formats[format] };
  const { expires, token } = await services.exports.permit({ ...of, id });
  const query = new URLSearchParams({ ...of, expires: String(expires), token });
  return `${baseUrl}/exports/${toGlobalId(EXPORT_CONTENTS[content], id)}?${query}`;
}
