import { killSuite } from './kill/suite.ts';

killSuite({ kills: 1, victims: 1, importedRows: 3_000, trainedRows: 1_000, epochs: 4, timeout: 540_000 });
