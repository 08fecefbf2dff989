-- AlterEnum
ALTER TYPE "JobStatus" ADD VALUE 'PAUSED';

-- AlterTable
ALTER TABLE "TrainingRun" ADD COLUMN     "pauseRequestedAt" TIMESTAMPTZ,
ADD COLUMN     "verdict" JSONB;
