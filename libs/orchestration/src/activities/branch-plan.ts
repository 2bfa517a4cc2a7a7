import { WeirError, type Branch, type BranchPlan, type Plan } from '@weir/pipeline';

export function branchPlan(plan: Plan, branch: Branch): BranchPlan {
  const found = plan.branches[branch];
  if (!found) throw new WeirError('unknown_branch', `${plan.name} has no branch ${branch} any more`);
  return found;
}
