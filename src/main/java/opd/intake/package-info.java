/// Batch intake: reads lists of requests as CSV or JSON Lines, and has them decided in parts, in
/// their order. Imports `opd.domain`, `opd.audit` (the encoding of request ids), `opd.outcome`,
/// `opd.service`.
@NullMarked
package opd.intake;

import org.jspecify.annotations.NullMarked;
