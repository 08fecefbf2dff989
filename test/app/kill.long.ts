import { killSuite } from './kill/suite.ts';

killSuite({ kills: 10, importedRows: 12_000, trainedRows: 1_500, epochs: 8, timeout: 50 * 60_000 });
