-- AlterTable
ALTER TABLE "Refinement" ADD COLUMN     "asynchronous" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "RunRefresh" (
    "runId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "minedAt" INTEGER NOT NULL,
    "encoderSha256" TEXT,
    "setId" UUID,

    CONSTRAINT "RunRefresh_pkey" PRIMARY KEY ("runId","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "RunRefresh_setId_key" ON "RunRefresh"("setId");

-- AddForeignKey
ALTER TABLE "RunRefresh" ADD CONSTRAINT "RunRefresh_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunRefresh" ADD CONSTRAINT "RunRefresh_setId_fkey" FOREIGN KEY ("setId") REFERENCES "HardNegativeSet"("id") ON DELETE SET NULL ON UPDATE CASCADE;
