/// Runs the audit log again: checks its chains, decides every decision anew with the pure rule,
/// rebuilds the tables and the stored outcomes, and names each difference. Also the seal, which
/// proves later that nothing sealed is missing. Shares the rule with the services, and nothing
/// else. Imports `opd.domain`, `opd.rule`, `opd.audit` and `opd.outcome`.
@NullMarked
package opd.replay;

import org.jspecify.annotations.NullMarked;
