-- CreateTable
CREATE TABLE "Refinement" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "config" JSONB NOT NULL,
    "mining" JSONB NOT NULL,
    "rounds" INTEGER NOT NULL,
    "done" JSONB NOT NULL DEFAULT '[]',
    "status" "JobStatus" NOT NULL DEFAULT 'QUEUED',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "encoderId" UUID,
    "indexId" UUID,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ,
    "finishedAt" TIMESTAMPTZ,

    CONSTRAINT "Refinement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Refinement_datasetId_idx" ON "Refinement"("datasetId");

-- AddForeignKey
ALTER TABLE "Refinement" ADD CONSTRAINT "Refinement_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;
