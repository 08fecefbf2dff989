-- AlterTable
ALTER TABLE "Upload" ADD COLUMN     "announcedBytes" BIGINT,
ADD COLUMN     "announcedSha256" TEXT;
