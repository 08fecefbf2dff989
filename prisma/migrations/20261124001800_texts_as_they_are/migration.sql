-- Long texts are stored as they are: to compress them (pglz) was half of the time of an import, and each read would undo it.
ALTER TABLE "Item" ALTER COLUMN "content" SET STORAGE EXTERNAL;
ALTER TABLE "Query" ALTER COLUMN "content" SET STORAGE EXTERNAL;
