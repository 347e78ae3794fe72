/// The auditor of a simulated day: a small model of the hospital, written from the rules as people
/// state them, that foretells every answer, every queue and the length of every log. It shares no
/// code with what decides. Imports `opd.domain`, `opd.outcome` to read answers, `opd.service` to
/// look at the database, and `opd.workload` for what was asked; never `opd.rule`.
@NullMarked
package opd.auditor;

import org.jspecify.annotations.NullMarked;
