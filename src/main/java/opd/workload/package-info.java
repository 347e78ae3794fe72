/// A made-up outpatient day: who asks for what and when, with every chance drawn beforehand from
/// one seed. It knows hospitals, not the engine. Imports `opd.domain` only.
@NullMarked
package opd.workload;

import org.jspecify.annotations.NullMarked;
