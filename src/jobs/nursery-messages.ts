/** What a process and its nursery say to each other, by structured clone. `id` names the child, and is the process's choice. */
export type ToNursery =
  | { readonly kind: 'fork'; readonly id: number; readonly entry: string; readonly priority: number }
  | { readonly kind: 'say'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'kill'; readonly id: number };

export type FromNursery = { readonly id: number } & (
  | { readonly kind: 'started'; readonly pid: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'heard'; readonly message: unknown }
  | { readonly kind: 'printed'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | ({ readonly kind: 'ended' } & ChildExit)
);

export interface ChildExit {
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
}
