/// What a command works with: settings, database and facility, streams, and what outlives it in a
/// console.
@NullMarked
package opd.cli.session;

import org.jspecify.annotations.NullMarked;
