-- CreateEnum
CREATE TYPE "Scope" AS ENUM ('READ', 'WRITE', 'TRAIN', 'ADMIN');

-- DropIndex
DROP INDEX "Dataset_name_key";

-- DropIndex
DROP INDEX "Encoder_name_version_key";

-- AlterTable
ALTER TABLE "Dataset" ADD COLUMN     "namespace" TEXT NOT NULL DEFAULT 'default';

-- AlterTable
ALTER TABLE "Encoder" ADD COLUMN     "namespace" TEXT NOT NULL DEFAULT 'default';

-- AlterTable
ALTER TABLE "IdempotencyKey" DROP CONSTRAINT "IdempotencyKey_pkey",
ADD COLUMN     "namespace" TEXT NOT NULL DEFAULT 'default',
ADD CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("namespace", "key");

-- AlterTable
ALTER TABLE "Upload" ADD COLUMN     "namespace" TEXT NOT NULL DEFAULT 'default';

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" "Scope"[],
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ,
    "lastUsedAt" TIMESTAMPTZ,
    "revokedAt" TIMESTAMPTZ,

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey"("hash");

-- CreateIndex
CREATE INDEX "ApiKey_namespace_id_idx" ON "ApiKey"("namespace", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_namespace_name_key" ON "Dataset"("namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Encoder_namespace_name_version_key" ON "Encoder"("namespace", "name", "version");
