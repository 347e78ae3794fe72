/// The auditor of a simulated day: a small model of the hospital, written from the rules as people
/// state them, that foretells every answer, every queue and the length of every log. It shares no
/// code with what decides.
@NullMarked
package opd.simulation.auditor;

import org.jspecify.annotations.NullMarked;
