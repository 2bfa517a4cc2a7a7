import { specifyCommands } from './commands.js';

describe('npx weir with nothing running', () => specifyCommands({ isRunning: false }));
