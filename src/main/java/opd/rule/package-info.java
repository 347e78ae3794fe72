/// The decisions: pure, static and total functions from a slot's state and a wish to a decision. No
/// clock, no SQL, and no exception for a refusal. Imports `opd.domain` only.
@NullMarked
package opd.rule;

import org.jspecify.annotations.NullMarked;
