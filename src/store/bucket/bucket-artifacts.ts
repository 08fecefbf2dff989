import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY } from '../../platform/clock.ts';
import { sha256 } from '../../platform/hash.ts';
import { MANIFEST, manifestEntries, readManifestEntries, sealFolder } from '../artifact-manifest.ts';
import { ARTIFACT_KINDS, type Artifact, type ArtifactKind, ArtifactStore, type ListedArtifact } from '../artifacts.ts';
import type { Bucket, BucketObject } from './bucket.ts';
import { trimCache } from './cache.ts';

export interface BucketArtifactsOptions {
  readonly dataDir: string;
  readonly bucket: Bucket;
  /** Of files kept here, so that they are not fetched again; what is in use counts, and stays, too. */
  readonly cacheBytes: number;
}

/** One copy of an artifact in the bucket. */
interface Instance {
  readonly name: string;
  readonly objects: readonly BucketObject[];
  /** When its manifest, which is written last, was; null: it is not whole. */
  readonly madeAt: number | null;
}

/** A copy that is older is not relied upon by who is about to name it, but made again: nobody collects one this young. */
const RELIABLE = DAY / 2;

/**
 * Artifacts as objects of an S3 bucket, with those made or used here as files in the data directory, too:
 *
 *   <prefix>/<kind>/<sha256>/<instance>/<file>
 *   <prefix>/files/<name>                         what is shared and no artifact: uploads
 *
 * An instance is one upload; it is whole once its MANIFEST is there. Objects can't be renamed, so two who make the same artifact at the
 * same time, or one who makes it while another removes it, have instances of their own, and none is in the other's way. What is read is
 * compared with its hashes before it appears here.
 */
export class BucketArtifacts extends ArtifactStore {
  readonly #bucket: Bucket;
  readonly #cacheBytes: number;
  readonly #fetching = new Map<string, Promise<string>>();

  constructor({ dataDir, bucket, cacheBytes }: BucketArtifactsOptions) {
    super(dataDir);
    this.#bucket = bucket;
    this.#cacheBytes = cacheBytes;
  }

  override get location(): string {
    return this.#bucket.location;
  }

  override async check(): Promise<void> {
    await this.#bucket.check();
    await super.check();
  }

  override close(): void {
    this.#bucket.close();
  }

  override async adopt(kind: ArtifactKind, dir: string): Promise<Artifact> {
    return await this.minding(kind, async () => {
      const { manifest, bytes } = await sealFolder(dir);
      const address = sha256(manifest);
      await this.#upload(kind, address, dir);
      return await this.place(kind, dir, { sha256: address, bytes });
    });
  }

  override async renew(kind: ArtifactKind, address: string): Promise<string> {
    const path = await this.use(kind, address);
    await this.#upload(kind, address, path);
    return path;
  }

  override async use(kind: ArtifactKind, address: string): Promise<string> {
    const there = await super.use(kind, address).catch(() => null);
    if (there !== null) return there;
    const key = `${kind}/${address}`;
    const fetching = this.#fetching.get(key) ?? this.#fetch(kind, address).finally(() => this.#fetching.delete(key));
    this.#fetching.set(key, fetching);
    return await fetching;
  }

  override async copyTo(kind: ArtifactKind, address: string, to: string): Promise<boolean> {
    if (await super.copyTo(kind, address, to)) return true;
    return (await this.#download(kind, address, to)) === null;
  }

  override async list(): Promise<ListedArtifact[]> {
    const found: ListedArtifact[] = [];
    for (const kind of ARTIFACT_KINDS) {
      const newest = new Map<string, number>();
      for await (const { key, modifiedAt } of this.#bucket.list(`${kind}/`)) {
        const address = key.split('/')[1] ?? '';
        if (/^[0-9a-f]{64}$/.test(address)) newest.set(address, Math.max(modifiedAt, newest.get(address) ?? 0));
      }
      for (const [address, usedAt] of newest) found.push({ kind, sha256: address, usedAt });
    }
    return found;
  }

  override async bytesOf(kind: ArtifactKind, address: string): Promise<number> {
    const instances = await this.#instances(kind, address);
    return instances.flatMap(({ objects }) => objects).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  override async remove(kind: ArtifactKind, address: string): Promise<void> {
    await super.remove(kind, address);
    for (const instance of await this.#instances(kind, address)) await this.#drop(instance);
  }

  override async removeUnused(kind: ArtifactKind, address: string, before: number): Promise<boolean> {
    let left = false;
    for (const instance of await this.#instances(kind, address)) {
      const newest = Math.max(...instance.objects.map(({ modifiedAt }) => modifiedAt));
      if (newest < before) await this.#drop(instance);
      else left = true;
    }
    if (!left) await super.remove(kind, address);
    return !left;
  }

  override async sweep(): Promise<number> {
    const folders = await super.sweep();
    await trimCache(
      () => this.#cached(),
      this.#cacheBytes,
      (kind, address, before) => super.removeUnused(kind, address, before),
    );
    return folders + (await this.#bucket.abortUploads(Date.now() - DAY));
  }

  async #cached() {
    const here = await super.list();
    return await Promise.all(here.map(async (one) => ({ ...one, bytes: await super.bytesOf(one.kind, one.sha256) })));
  }

  override async share(
    name: string,
    path: string,
    of: { readonly sha256: string; readonly bytes: number },
  ): Promise<void> {
    await this.#bucket.put(`files/${name}`, path, of);
  }

  override async fetchShared(name: string, path: string): Promise<boolean> {
    const temporary = `${path}.${randomUUID()}.tmp`;
    if ((await this.#bucket.get(`files/${name}`, temporary)) === null) return false;
    await rename(temporary, path);
    return true;
  }

  override async removeShared(start: string): Promise<void> {
    for await (const { key } of this.#bucket.list(`files/${start}`)) await this.#bucket.remove(key);
  }

  /** Unless a copy is there that stays for a while. */
  async #upload(kind: ArtifactKind, address: string, dir: string): Promise<void> {
    const isReliable = ({ madeAt }: Instance) => madeAt !== null && Date.now() - madeAt < RELIABLE;
    if ((await this.#instances(kind, address)).some(isReliable)) return;
    const below = `${kind}/${address}/${randomUUID()}`;
    for (const { name, sha256: hash } of await readManifestEntries(dir)) {
      const path = join(dir, name);
      await this.#bucket.put(`${below}/${name}`, path, { sha256: hash, bytes: (await stat(path)).size });
    }
    const path = join(dir, MANIFEST);
    await this.#bucket.put(`${below}/${MANIFEST}`, path, { sha256: address, bytes: (await stat(path)).size });
  }

  async #fetch(kind: ArtifactKind, address: string): Promise<string> {
    return await this.minding(kind, async () => {
      const dir = await this.tempDir(kind);
      try {
        const fault = await this.#download(kind, address, dir);
        if (fault !== null) throw this.damaged(kind, address, fault);
        const { bytes } = await sealFolder(dir);
        return (await this.place(kind, dir, { sha256: address, bytes })).path;
      } catch (error) {
        await rm(dir, { recursive: true, force: true });
        throw error;
      }
    });
  }

  /** @returns why it can't be had, null when it was */
  async #download(kind: ArtifactKind, address: string, to: string): Promise<string | null> {
    let fault = 'it is not there';
    for (const { name: instance, madeAt } of await this.#instances(kind, address)) {
      if (madeAt === null) continue;
      const found = await this.#downloadInstance(`${kind}/${address}/${instance}`, address, to);
      if (found === null) return null;
      fault = found;
    }
    return fault;
  }

  async #downloadInstance(below: string, address: string, to: string): Promise<string | null> {
    if ((await this.#bucket.get(`${below}/${MANIFEST}`, join(to, MANIFEST))) !== address) {
      return `${MANIFEST} has another hash`;
    }
    for (const { name, sha256: hash } of manifestEntries(await readFile(join(to, MANIFEST), 'utf8'))) {
      const found = await this.#bucket.get(`${below}/${name}`, join(to, name));
      if (found !== hash) return `${name} ${found === null ? 'is missing' : 'has another hash'}`;
    }
    return null;
  }

  /** Newest first. */
  async #instances(kind: ArtifactKind, address: string): Promise<Instance[]> {
    const objects = new Map<string, BucketObject[]>();
    for await (const object of this.#bucket.list(`${kind}/${address}/`)) {
      const name = object.key.split('/')[2] ?? '';
      objects.set(name, [...(objects.get(name) ?? []), object]);
    }
    return [...objects]
      .map(([name, of]) => {
        const manifest = of.find(({ key }) => key === `${kind}/${address}/${name}/${MANIFEST}`);
        return { name, objects: of, madeAt: manifest?.modifiedAt ?? null };
      })
      .sort((a, b) => (b.madeAt ?? 0) - (a.madeAt ?? 0));
  }

  /** The manifest first: what is left of it, should this be interrupted, is not whole. */
  async #drop({ objects }: Instance): Promise<void> {
    const isManifest = ({ key }: BucketObject) => key.split('/').length === 4 && key.endsWith(`/${MANIFEST}`);
    for (const object of objects.filter(isManifest)) await this.#bucket.remove(object.key);
    for (const object of objects.filter((one) => !isManifest(one))) await this.#bucket.remove(object.key);
  }
}
