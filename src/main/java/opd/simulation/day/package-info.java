/// A generated day, played through the services of a facility of its own under the eyes of the
/// auditor, and the record of it.
@NullMarked
package opd.simulation.day;

import org.jspecify.annotations.NullMarked;
