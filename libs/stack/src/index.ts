export { connectStack, type Stack, type StackSettings } from './connect-stack.js';
export { stackOperations } from './stack-operations.js';
