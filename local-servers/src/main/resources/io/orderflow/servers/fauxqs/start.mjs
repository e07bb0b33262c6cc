// fauxqs with its data in a folder and without a log line for each request. Its own main module has no such options.
import { startFauxqs } from "fauxqs";

await startFauxqs({ dataDir: process.env.FAUXQS_DATA_DIR, logger: false });
