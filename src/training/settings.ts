import { QuartetError } from '../domain/errors.ts';
import { isUuid } from '../platform/uuid.ts';

/*
 * A setting carries its default and its bounds in one place; the schema's descriptions, the validation and the docs all
 * read them here. Resolving fills in defaults, refuses unknown keys and names the bound that was crossed.
 */

export interface NumberSetting<Empty extends null = never> {
  readonly kind: 'number';
  readonly default: number | Empty;
  readonly minimum: number;
  readonly maximum: number;
  /** Present: only multiples of it are allowed; 1 means whole numbers. */
  readonly multipleOf?: number;
}
export interface FlagSetting {
  readonly kind: 'flag';
  readonly default: boolean;
}
export interface ChoiceSetting<T extends string> {
  readonly kind: 'choice';
  readonly default: T;
  readonly choices: readonly T[];
}

/** A row's id, or none. */
export interface IdSetting {
  readonly kind: 'id';
  readonly default: null;
}

export type SettingFor<T> = [T] extends [boolean]
  ? FlagSetting
  : [T] extends [number]
    ? NumberSetting
    : [T] extends [number | null]
      ? NumberSetting<null>
      : [T] extends [string]
        ? ChoiceSetting<T>
        : [T] extends [string | null]
          ? IdSetting
          : never;
/** One setting for each field of `Spec`: a field without one does not compile. */
export type SettingsFor<Spec> = { readonly [K in keyof Spec]-?: SettingFor<Spec[K]> };

type AnySetting = NumberSetting | NumberSetting<null> | FlagSetting | ChoiceSetting<string> | IdSetting;

/**
 * @param path where the input sits, outermost first; it becomes the error's `field`
 * @returns a frozen object with every field of `Spec`
 * @throws QuartetError BAD_INPUT for an unknown key, a wrong type or a value out of bounds
 */
export function resolveSettings<Spec>(
  settings: SettingsFor<Spec>,
  input: Readonly<Record<string, unknown>>,
  path: readonly string[],
): Spec {
  for (const key of Object.keys(input)) {
    if (!Object.hasOwn(settings, key)) {
      refuse([...path, key], `is not a setting; known here: ${Object.keys(settings).join(', ')}`);
    }
  }
  const resolved: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings) as [string, AnySetting][]) {
    const value = input[key];
    resolved[key] = value === undefined ? setting.default : checked(setting, value, [...path, key]);
  }
  return Object.freeze(resolved) as Spec;
}

function checked(setting: AnySetting, value: unknown, path: readonly string[]): unknown {
  if (setting.kind === 'flag') {
    return typeof value === 'boolean' ? value : refuse(path, `must be true or false, got ${show(value)}`);
  }
  if (setting.kind === 'id') {
    if (value === null || (typeof value === 'string' && isUuid(value))) return value;
    return refuse(path, `must be an id, got ${show(value)}`);
  }
  if (setting.kind === 'choice') {
    if ((setting.choices as readonly unknown[]).includes(value)) return value;
    return refuse(path, `must be one of ${setting.choices.join(', ')}, got ${show(value)}`);
  }
  if (value === null && setting.default === null) return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) return refuse(path, `must be a number, got ${show(value)}`);
  if (value < setting.minimum) return refuse(path, `must be at least ${setting.minimum}, got ${value}`);
  if (value > setting.maximum) return refuse(path, `must be at most ${setting.maximum}, got ${value}`);
  if (setting.multipleOf !== undefined && value % setting.multipleOf !== 0) {
    const kind = setting.multipleOf === 1 ? 'a whole number' : `a multiple of ${setting.multipleOf}`;
    return refuse(path, `must be ${kind}, got ${value}`);
  }
  return value;
}

/** A plain object, or an error that names the field. */
export function expectObject(value: unknown, path: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return refuse(path, `must be an object, got ${show(value)}`);
}

export function refuse(path: readonly string[], problem: string): never {
  throw new QuartetError('BAD_INPUT', `${path.length === 0 ? 'the training config' : path.join('.')} ${problem}`, {
    field: path,
  });
}

function show(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 60)}"` : (JSON.stringify(value)?.slice(0, 60) ?? String(value));
}
