/// What the log says of each decision: events derived from decisions, their facts, and the encoding
/// under the hash chains. Imports `opd.domain`, `opd.rule` and `opd.json`.
@NullMarked
package opd.audit;

import org.jspecify.annotations.NullMarked;
