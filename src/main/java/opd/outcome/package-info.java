/// What a command answers: sealed outcomes that say by codes, labels and facts what became of a
/// request, and their stored form, so that a repeated request gets the same answer. No name and no
/// phone number is in an outcome: they are added when it is printed. Imports `opd.domain`,
/// `opd.rule` and `opd.json`.
@NullMarked
package opd.outcome;

import org.jspecify.annotations.NullMarked;
