/// What a prompt adds to a command line: a line taken apart as a shell would, what `last` and `#3`
/// mean, the terminal with completion and history, and the form that asks for what is missing.
/// Knows no command: those come from `opd.cli`. Imports `opd.domain`, `opd.outcome` and
/// `opd.service`; the only package that uses JLine.
@NullMarked
package opd.console;

import org.jspecify.annotations.NullMarked;
