// Prints what the AsyncAPI parser reports of each document, and ends with 1 if that is an error.
import {Parser} from '@asyncapi/parser';
import {readFileSync} from 'node:fs';

const ERROR = 0;
const parser = new Parser();
for (const file of process.argv.slice(2)) {
  const {document, diagnostics} = await parser.parse(readFileSync(file, 'utf8'));
  const errors = diagnostics.filter(each => each.severity === ERROR);
  errors.forEach(each => console.log(`${file} ${each.path.join('.')}: ${each.message}`));
  console.log(`${file}: ${document?.operations().length} operations`);
  if (errors.length > 0 || !document) {
    process.exitCode = 1;
  }
}
