/// The commands: each parses options into a request, calls a service, hands its outcome to a
/// printer and returns an exit status.
@NullMarked
package opd.cli.command;

import org.jspecify.annotations.NullMarked;
