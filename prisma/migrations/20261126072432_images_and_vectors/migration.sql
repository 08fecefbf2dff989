-- AlterEnum
ALTER TYPE "DatasetKind" ADD VALUE 'IMAGE';
ALTER TYPE "DatasetKind" ADD VALUE 'VECTOR';

-- AlterTable
ALTER TABLE "Dataset" ADD COLUMN     "dimensions" INTEGER;

-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "data" BYTEA,
ALTER COLUMN "content" SET DEFAULT '';

-- AlterTable
ALTER TABLE "Query" ADD COLUMN     "data" BYTEA,
ALTER COLUMN "content" SET DEFAULT '';

-- Images are packed already, and vectors do not pack.
ALTER TABLE "Item" ALTER COLUMN "data" SET STORAGE EXTERNAL;
ALTER TABLE "Query" ALTER COLUMN "data" SET STORAGE EXTERNAL;
