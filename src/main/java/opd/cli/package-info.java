/// The program: the tree of commands, the console around it, and the one place where errors become
/// exit codes.
@NullMarked
package opd.cli;

import org.jspecify.annotations.NullMarked;
