/// What a request leads to: the five rules, and what follows from them for slots, tokens, the log
/// and the answer. Pure, static and total functions from what is known of a slot to a value; no
/// clock, no SQL, and no exception for a refusal.
@NullMarked
package opd.decision;

import org.jspecify.annotations.NullMarked;
