-- AlterTable
ALTER TABLE "IndexVersion" ADD COLUMN     "datasetRevision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "generation" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "lastItemId" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "ItemChange" (
    "datasetId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "itemId" INTEGER NOT NULL,
    "content" BOOLEAN NOT NULL,

    CONSTRAINT "ItemChange_pkey" PRIMARY KEY ("datasetId","revision","itemId")
);

-- CreateTable
CREATE TABLE "IndexRebuild" (
    "id" UUID NOT NULL,
    "indexId" UUID NOT NULL,
    "status" "JobStatus" NOT NULL DEFAULT 'QUEUED',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "count" INTEGER NOT NULL DEFAULT 0,
    "built" INTEGER NOT NULL DEFAULT 0,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ,
    "finishedAt" TIMESTAMPTZ,

    CONSTRAINT "IndexRebuild_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "IndexRebuild_indexId_idx" ON "IndexRebuild"("indexId");

-- AddForeignKey
ALTER TABLE "ItemChange" ADD CONSTRAINT "ItemChange_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IndexRebuild" ADD CONSTRAINT "IndexRebuild_indexId_fkey" FOREIGN KEY ("indexId") REFERENCES "IndexVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever changes items holds the lock of their dataset's row and raises its revision once, so these changes belong to the next one.
-- Items that go with their dataset find no row of it any more, and are not noted.
CREATE FUNCTION note_changed_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ItemChange" ("datasetId", revision, "itemId", content)
  SELECT d.id, d.revision + 1, n.id, n."contentHash" <> o."contentHash"
  FROM changed n JOIN former o ON o.id = n.id JOIN "Dataset" d ON d.id = n."datasetId"
  ON CONFLICT ("datasetId", revision, "itemId") DO UPDATE SET content = "ItemChange".content OR EXCLUDED.content;
  RETURN NULL;
END $$;
CREATE TRIGGER note_changed_items AFTER UPDATE ON "Item" REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_items();

CREATE FUNCTION note_deleted_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ItemChange" ("datasetId", revision, "itemId", content)
  SELECT d.id, d.revision + 1, o.id, true FROM former o JOIN "Dataset" d ON d.id = o."datasetId"
  ON CONFLICT ("datasetId", revision, "itemId") DO UPDATE SET content = true;
  RETURN NULL;
END $$;
CREATE TRIGGER note_deleted_items AFTER DELETE ON "Item" REFERENCING OLD TABLE AS former
  FOR EACH STATEMENT EXECUTE FUNCTION note_deleted_items();

-- Tells the servers that have an index of this dataset loaded; the notice goes out when, and only if, the change is committed.
CREATE FUNCTION tell_of_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('quartet_changes', to_jsonb(NEW)->>TG_ARGV[0]);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_of_changes AFTER UPDATE OF revision ON "Dataset"
  FOR EACH ROW WHEN (NEW.revision <> OLD.revision) EXECUTE FUNCTION tell_of_changes('id');
CREATE TRIGGER tell_of_changes AFTER UPDATE OF generation ON "IndexVersion"
  FOR EACH ROW WHEN (NEW.generation <> OLD.generation) EXECUTE FUNCTION tell_of_changes('datasetId');
