-- CreateTable
CREATE TABLE "EmbeddingMap" (
    "id" UUID NOT NULL,
    "indexId" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "sample" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "neighbors" INTEGER NOT NULL,
    "minDistance" DOUBLE PRECISION NOT NULL,
    "status" "JobStatus" NOT NULL DEFAULT 'QUEUED',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "generation" INTEGER,
    "items" INTEGER,
    "count" INTEGER NOT NULL DEFAULT 0,
    "points" BYTEA,
    "explainedVariance" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "trustworthiness" DOUBLE PRECISION,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ,
    "finishedAt" TIMESTAMPTZ,

    CONSTRAINT "EmbeddingMap_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "EmbeddingMap_indexId_idx" ON "EmbeddingMap"("indexId");

-- AddForeignKey
ALTER TABLE "EmbeddingMap" ADD CONSTRAINT "EmbeddingMap_indexId_fkey" FOREIGN KEY ("indexId") REFERENCES "IndexVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;
