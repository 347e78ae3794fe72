/// Shows results: as JSON, one compact document a line, or as tables for people. Imports
/// `opd.domain`, `opd.rule`, `opd.audit`, `opd.outcome`, `opd.service`, `opd.intake`,
/// `opd.simulation`.
@NullMarked
package opd.output;

import org.jspecify.annotations.NullMarked;
