/**
 * The order of the suite `stack`, whose specs have one stack between them: first the story of a stack that nobody has
 * touched, then the parts, then the command line, which leaves dead letters behind, and last the faults.
 */
import sequencer from '@jest/test-sequencer';

const { default: Sequencer = sequencer } = sequencer;
const order = [
  /[\\/]e2e[\\/]/,
  /[\\/]libs[\\/]/,
  /[\\/]apps[\\/](api|keeper)[\\/]/,
  /[\\/]cli[\\/]/,
  /[\\/]faults[\\/]/,
];

export default class StackOrder extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => order.findIndex((pattern) => pattern.test(path));
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
}
