-- CreateEnum
CREATE TYPE "MiningSource" AS ENUM ('ENCODER', 'LEXICAL', 'BOTH');

-- CreateEnum
CREATE TYPE "FalseNegativeUse" AS ENUM ('POSITIVE', 'EXCLUDED');

-- CreateTable
CREATE TABLE "HardNegativeSet" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "source" "MiningSource" NOT NULL,
    "encoderId" UUID,
    "indexId" UUID,
    "judgeId" UUID,
    "positives" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "status" "JobStatus" NOT NULL DEFAULT 'QUEUED',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "queriesDone" INTEGER NOT NULL DEFAULT 0,
    "queriesTotal" INTEGER,
    "parts" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "snapshotSha256" TEXT,
    "datasetHash" TEXT,
    "candidates" INTEGER NOT NULL DEFAULT 0,
    "report" JSONB,
    "sha256" TEXT,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ,
    "finishedAt" TIMESTAMPTZ,

    CONSTRAINT "HardNegativeSet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FalseNegative" (
    "datasetId" UUID NOT NULL,
    "queryIsItem" BOOLEAN NOT NULL,
    "queryId" INTEGER NOT NULL,
    "itemId" INTEGER NOT NULL,
    "use" "FalseNegativeUse" NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FalseNegative_pkey" PRIMARY KEY ("datasetId","queryIsItem","queryId","itemId")
);

-- CreateIndex
CREATE INDEX "HardNegativeSet_datasetId_idx" ON "HardNegativeSet"("datasetId");

-- CreateIndex
CREATE INDEX "HardNegativeSet_encoderId_idx" ON "HardNegativeSet"("encoderId");

-- CreateIndex
CREATE INDEX "HardNegativeSet_judgeId_idx" ON "HardNegativeSet"("judgeId");

-- CreateIndex
CREATE INDEX "HardNegativeSet_indexId_idx" ON "HardNegativeSet"("indexId");

-- AddForeignKey
ALTER TABLE "HardNegativeSet" ADD CONSTRAINT "HardNegativeSet_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HardNegativeSet" ADD CONSTRAINT "HardNegativeSet_encoderId_fkey" FOREIGN KEY ("encoderId") REFERENCES "Encoder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HardNegativeSet" ADD CONSTRAINT "HardNegativeSet_judgeId_fkey" FOREIGN KEY ("judgeId") REFERENCES "Encoder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HardNegativeSet" ADD CONSTRAINT "HardNegativeSet_indexId_fkey" FOREIGN KEY ("indexId") REFERENCES "IndexVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FalseNegative" ADD CONSTRAINT "FalseNegative_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;
