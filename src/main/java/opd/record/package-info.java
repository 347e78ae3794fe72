/// How decisions are written as text and hashed: facts, outcomes, digests. The only place that
/// knows the stored formats. No name and no phone number is in them.
@NullMarked
package opd.record;

import org.jspecify.annotations.NullMarked;
