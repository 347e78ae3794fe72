/// Batch intake: reads lists of requests as CSV or JSON Lines, and has them decided in chunks, in
/// their order.
@NullMarked
package opd.intake;

import org.jspecify.annotations.NullMarked;
