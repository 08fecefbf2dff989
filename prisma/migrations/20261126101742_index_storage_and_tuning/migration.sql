-- AlterTable
ALTER TABLE "IndexVersion" ADD COLUMN     "recallLoss" DOUBLE PRECISION,
ADD COLUMN     "storage" TEXT NOT NULL DEFAULT 'float32',
ADD COLUMN     "targetRecall" DOUBLE PRECISION,
ADD COLUMN     "tuning" JSONB;
