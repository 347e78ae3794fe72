/// Logging, configured by code.
@NullMarked
package opd.cli.log;

import org.jspecify.annotations.NullMarked;
