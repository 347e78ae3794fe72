/// Runs the audit log again: checks its chains, decides every decision anew, rebuilds the tables
/// and the stored outcomes, and names each difference. Also the seal, which proves later that
/// nothing sealed is missing.
@NullMarked
package opd.verify;

import org.jspecify.annotations.NullMarked;
