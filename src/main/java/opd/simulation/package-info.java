/// A whole OPD day, played through the services of a facility of its own: the scripted steps, with
/// what each must give written out by hand, and after every step an independent look at all slots.
/// Imports `opd.domain`, `opd.outcome` and `opd.service`, and `opd.audit` for reading the log's
/// chains; never `opd.rule`, whose decisions it judges.
@NullMarked
package opd.simulation;

import org.jspecify.annotations.NullMarked;
