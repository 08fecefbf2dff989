-- AlterTable
ALTER TABLE "Dataset" ADD COLUMN     "keepDays" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "keepVersions" INTEGER;

-- AlterTable
ALTER TABLE "IndexVersion" ADD COLUMN     "searchedAt" TIMESTAMPTZ;
