/// The scripted day: steps with what each must give written out by hand, and after every step an
/// independent look at all slots.
@NullMarked
package opd.simulation.script;

import org.jspecify.annotations.NullMarked;
