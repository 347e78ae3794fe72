/// The command line: commands that parse options into requests, call a service, hand its outcome to
/// a printer and return an exit status; settings; and the one place where errors become exit codes.
/// May import every other package but `opd.jooq`.
@NullMarked
package opd.cli;

import org.jspecify.annotations.NullMarked;
