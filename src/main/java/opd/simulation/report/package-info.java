/// The page that shows a simulated day: what `simulate --report` writes. It works from the record
/// of the day alone. The page is one file, asks for nothing, and can be read with scripts and
/// styles blocked.
@NullMarked
package opd.simulation.report;

import org.jspecify.annotations.NullMarked;
