/** Why a job failed, as its row has it. */
export function jobError(row: { readonly errorCode: string | null; readonly errorMessage: string | null }): {
  code: string;
  message: string;
} | null {
  return row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? '' };
}
