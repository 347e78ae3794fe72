/// What a prompt adds to a command line: a line taken apart as a shell would, what `last` and `#3`
/// mean, the terminal with completion and history, and the form that asks for what is missing.
/// Knows no command.
@NullMarked
package opd.cli.console;

import org.jspecify.annotations.NullMarked;
