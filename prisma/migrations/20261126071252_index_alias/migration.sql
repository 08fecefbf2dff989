-- CreateEnum
CREATE TYPE "PromotionBasis" AS ENUM ('FIRST', 'SAME_ENCODER', 'MEASURED', 'OVERRIDE', 'ROLLBACK');

-- CreateTable
CREATE TABLE "IndexAlias" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "currentId" UUID NOT NULL,
    "previousId" UUID,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "movedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IndexAlias_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Promotion" (
    "id" UUID NOT NULL,
    "aliasId" UUID NOT NULL,
    "indexId" UUID NOT NULL,
    "fromIndexId" UUID,
    "basis" "PromotionBasis" NOT NULL,
    "overrideReason" TEXT,
    "status" "JobStatus" NOT NULL DEFAULT 'QUEUED',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "moved" BOOLEAN,
    "verdict" JSONB,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ,
    "finishedAt" TIMESTAMPTZ,

    CONSTRAINT "Promotion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "IndexAlias_currentId_idx" ON "IndexAlias"("currentId");

-- CreateIndex
CREATE INDEX "IndexAlias_previousId_idx" ON "IndexAlias"("previousId");

-- CreateIndex
CREATE UNIQUE INDEX "IndexAlias_datasetId_name_key" ON "IndexAlias"("datasetId", "name");

-- CreateIndex
CREATE INDEX "Promotion_aliasId_idx" ON "Promotion"("aliasId");

-- CreateIndex
CREATE INDEX "Promotion_indexId_idx" ON "Promotion"("indexId");

-- CreateIndex
CREATE INDEX "Promotion_fromIndexId_idx" ON "Promotion"("fromIndexId");

-- AddForeignKey
ALTER TABLE "IndexAlias" ADD CONSTRAINT "IndexAlias_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IndexAlias" ADD CONSTRAINT "IndexAlias_currentId_fkey" FOREIGN KEY ("currentId") REFERENCES "IndexVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IndexAlias" ADD CONSTRAINT "IndexAlias_previousId_fkey" FOREIGN KEY ("previousId") REFERENCES "IndexVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_aliasId_fkey" FOREIGN KEY ("aliasId") REFERENCES "IndexAlias"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_indexId_fkey" FOREIGN KEY ("indexId") REFERENCES "IndexVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_fromIndexId_fkey" FOREIGN KEY ("fromIndexId") REFERENCES "IndexVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;
