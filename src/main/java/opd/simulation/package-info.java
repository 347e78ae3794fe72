/// A whole OPD day, played through the services of a facility of its own: the scripted steps, with
/// what each must give written out by hand, and after every step an independent look at all slots;
/// then a generated day under the eyes of the auditor. Imports `opd.domain`, `opd.outcome` and
/// `opd.service`, `opd.workload` and `opd.auditor`, and `opd.audit` for reading the log's chains;
/// never `opd.rule`, whose decisions it judges.
@NullMarked
package opd.simulation;

import org.jspecify.annotations.NullMarked;
