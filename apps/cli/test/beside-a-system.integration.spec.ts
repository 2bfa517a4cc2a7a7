import { specifyCommands } from './commands.js';

describe('npx weir beside a running npm start', () => specifyCommands({ isRunning: true }));
