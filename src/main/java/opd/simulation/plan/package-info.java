/// A made-up outpatient day: who asks for what and when, with every chance drawn beforehand from
/// one seed. It knows hospitals, not the engine.
@NullMarked
package opd.simulation.plan;

import org.jspecify.annotations.NullMarked;
