/// The words of the outpatient department as validating types: doctors, slots, patients, tokens,
/// their labels and their states.
@NullMarked
package opd.domain;

import org.jspecify.annotations.NullMarked;
