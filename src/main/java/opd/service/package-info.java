/// One class for each group of operations. Each decision is one explicit transaction: lock, load,
/// ask the rule, write what it decided, write the audit entries, store the outcome. Imports
/// `opd.domain`, `opd.rule`, `opd.audit`, `opd.outcome`, `opd.store`.
@NullMarked
package opd.service;

import org.jspecify.annotations.NullMarked;
